-- Her decisions on the purposes and channels in use. Where the file holds no yes at all for a way, or there is no file, nobody can say that leave was missing:
-- there, everybody is taken to have given it before the beginning, and only a no counts. Likewise for whoever's first word is a no: it took back a yes
-- that a file of last words does not hold.
CREATE OR REPLACE TEMP TABLE consent AS
WITH told AS (
  SELECT k.customer_id, k.customer_id AS profile_id, 0 AS joined_at, c.instant AS known_at, c.line AS seq, r.purpose, r.channel, c.is_granted
  FROM raw_consent AS c
  JOIN customer_key AS k ON k.key = c.customer
  JOIN route AS r ON (c.purpose = 0 OR c.purpose = r.purpose) AND (c.channel = 0 OR c.channel = r.channel)
  WHERE k.is_sent = 1
)
SELECT * FROM told
UNION ALL
SELECT customer_id, customer_id AS profile_id, 0 AS joined_at, -1000000000000 AS known_at, 0 AS seq, purpose, channel, 1 AS is_granted
FROM told
GROUP BY customer_id, purpose, channel
HAVING arg_min(is_granted, (known_at, seq)) = 0
UNION ALL
SELECT k.customer_id, k.customer_id AS profile_id, 0 AS joined_at, -1000000000000 AS known_at, 0 AS seq, r.purpose, r.channel, 1 AS is_granted
FROM customer_key AS k
CROSS JOIN route AS r
WHERE k.is_sent = 1 AND NOT EXISTS (
  SELECT 1 FROM raw_consent AS c WHERE c.is_granted = 1 AND (c.purpose = 0 OR c.purpose = r.purpose) AND (c.channel = 0 OR c.channel = r.channel)
)
