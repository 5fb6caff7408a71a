-- Every step of every conversation with one customer, the oldest first.
SELECT thread_id, seq, kind, is_open, day, known_at FROM conversation WHERE customer_id = ? ORDER BY known_at, seq
