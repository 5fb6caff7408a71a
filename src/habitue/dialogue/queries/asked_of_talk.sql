-- How often a customer was asked after a conversation by an instant, and what she said, the oldest first.
SELECT s.letter_id, s.profile_id, s.thread_id, s.seq, s.asked_at, s.answered_at, s.verdict, s.said
FROM profile AS p JOIN satisfaction AS s ON s.profile_id = p.profile_id WHERE p.customer_id = ? AND s.thread_id = ? AND s.asked_at <= ? ORDER BY s.asked_at, s.letter_id
