-- Who she is, as far as sends tell: known from the beginning; an address that bounced reaches nobody until she answers by it again.
CREATE OR REPLACE TEMP TABLE customer AS
WITH told AS (
  SELECT customer_id, bounced_at AS instant, channel, 0 AS is_alive FROM message WHERE bounced_at IS NOT NULL
  UNION ALL
  SELECT a.customer_id, a.known_at, m.channel, 1
  FROM answer AS a
  JOIN message AS m USING (touch_id)
  WHERE a.customer_id IN (SELECT customer_id FROM message WHERE bounced_at IS NOT NULL)
),
since AS (
  SELECT customer_id, min(day) AS day FROM (SELECT customer_id, day FROM message UNION ALL SELECT customer_id, day FROM line_all) GROUP BY customer_id
)
SELECT k.customer_id, k.customer_id AS profile_id, -1000000000000 AS known_at, 0 AS seq, s.day AS since_day, 0 AS birthday_mmdd, 1 AS has_email, 1 AS has_sms, 1 AS has_post, 1 AS has_phone,
  0 AS country, 0 AS control_permille, 0 AS bucket_hash
FROM customer_key AS k
JOIN since AS s USING (customer_id)
WHERE k.is_sent = 1
UNION ALL
SELECT t.customer_id, t.customer_id, t.instant, row_number() OVER (ORDER BY t.customer_id, t.instant, t.is_alive), s.day, 0,
  coalesce(last_value(CASE WHEN t.channel = 1 THEN t.is_alive END IGNORE NULLS) OVER so_far, 1),
  coalesce(last_value(CASE WHEN t.channel = 2 THEN t.is_alive END IGNORE NULLS) OVER so_far, 1),
  coalesce(last_value(CASE WHEN t.channel = 3 THEN t.is_alive END IGNORE NULLS) OVER so_far, 1), 1, 0, 0, 0
FROM told AS t
JOIN since AS s USING (customer_id)
WINDOW so_far AS (PARTITION BY t.customer_id ORDER BY t.instant, t.is_alive ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
