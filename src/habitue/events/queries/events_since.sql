-- What is in the log after a write number, oldest first, with the key of whose it now is (none where nobody is named): a number before what we call
-- who gave an address alone.
SELECT e.seq, e.at, e.known_at, s.name, e.name, e.message_id, (
    SELECT i.value FROM profile AS p JOIN profile AS hers ON hers.customer_id = p.customer_id
    JOIN identifier AS i ON i.profile_id = hers.profile_id AND i.kind = 'customer'
    WHERE p.profile_id = e.profile_id
    ORDER BY CASE WHEN substr(i.value, 1, 8) = 'visitor-' THEN 1 ELSE 0 END, hers.profile_id, i.value LIMIT 1
  ) AS customer_key, e.body, e.profile_id
FROM event AS e
JOIN source AS s ON s.source_id = e.source_id
WHERE e.seq > ?
ORDER BY e.seq
LIMIT ?
