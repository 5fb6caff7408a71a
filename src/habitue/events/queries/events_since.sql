-- What is in the log after a write number, oldest first, with the key of whose it now is (none where nobody is named).
SELECT e.seq, e.at, e.known_at, s.name, e.name, e.message_id, (
    SELECT MIN(i.value) FROM profile AS p JOIN identifier AS i ON i.profile_id = p.customer_id AND i.kind = 'customer' WHERE p.profile_id = e.profile_id
  ) AS customer_key, e.body
FROM event AS e
JOIN source AS s ON s.source_id = e.source_id
WHERE e.seq > ?
ORDER BY e.seq
LIMIT ?
