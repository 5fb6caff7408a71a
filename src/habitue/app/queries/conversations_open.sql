-- The conversations in which somebody waited for us at an instant, complaints first, the longest waiting first: whose, which
-- thread, and a number of one of their words.
WITH ranked AS (
  SELECT customer_id, thread_id, seq, kind, is_open, known_at,
    row_number() OVER (PARTITION BY customer_id, thread_id ORDER BY known_at DESC, seq DESC) AS place
  FROM conversation
  WHERE known_at <= ?
)
SELECT customer_id, thread_id, seq FROM ranked WHERE place = 1 AND is_open = 1 ORDER BY kind DESC, known_at, seq
