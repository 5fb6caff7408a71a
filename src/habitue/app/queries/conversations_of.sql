-- Every step of every conversation with one customer that was known at an instant, the oldest first; when each was said, also where that was known later.
SELECT c.thread_id, c.seq, c.kind, c.is_open, c.day, CASE WHEN e.at < c.known_at THEN e.at ELSE c.known_at END
FROM conversation AS c JOIN event AS e ON e.seq = c.seq
WHERE c.customer_id = ? AND c.known_at <= ? ORDER BY c.known_at, c.seq
