-- Every step of every conversation with one customer that was known at an instant, the oldest first.
SELECT thread_id, seq, kind, is_open, day, known_at FROM conversation WHERE customer_id = ? AND known_at <= ? ORDER BY known_at, seq
