-- Every word of every conversation by its number, with whose it is and in which thread, the newest first.
SELECT customer_id, thread_id, seq, known_at FROM conversation ORDER BY seq DESC
