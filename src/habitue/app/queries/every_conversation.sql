-- Every word of every conversation that was known at an instant, by its number, with whose it is and in which thread, the newest first.
SELECT customer_id, thread_id, seq, known_at FROM conversation WHERE known_at <= ? ORDER BY seq DESC
