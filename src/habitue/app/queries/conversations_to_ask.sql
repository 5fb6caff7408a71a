-- The conversations that nobody waits in any more since two instants, and in which we answered, of customers who were not asked after them, nor after any
-- since a third: whose, which thread, and their last message, the oldest first.
SELECT c.customer_id, c.thread_id, c.seq FROM conversation AS c
WHERE c.is_open = 0 AND c.known_at > ? AND c.known_at <= ?
  AND NOT EXISTS (SELECT 1 FROM conversation AS t WHERE t.customer_id = c.customer_id AND t.thread_id = c.thread_id
    AND (t.known_at > c.known_at OR (t.known_at = c.known_at AND t.seq > c.seq)))
  AND EXISTS (SELECT 1 FROM conversation AS a JOIN event AS e ON e.seq = a.seq
    WHERE a.customer_id = c.customer_id AND a.thread_id = c.thread_id AND e.name = 'Conversation Answered')
  AND NOT EXISTS (SELECT 1 FROM profile AS p JOIN satisfaction AS s ON s.profile_id = p.profile_id
    WHERE p.customer_id = c.customer_id AND (s.thread_id = c.thread_id OR s.asked_at > ?))
ORDER BY c.known_at, c.seq
