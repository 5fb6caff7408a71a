-- Every step, known at an instant, of the conversations in which anything was said since another, and what each was, the oldest of each first.
SELECT c.customer_id, c.thread_id, c.kind, c.is_open, c.known_at, e.name
FROM conversation AS c JOIN event AS e ON e.seq = c.seq
WHERE c.known_at <= ?
  AND EXISTS (SELECT 1 FROM conversation AS t WHERE t.customer_id = c.customer_id AND t.thread_id = c.thread_id AND t.known_at >= ?)
ORDER BY c.customer_id, c.thread_id, c.known_at, c.seq
