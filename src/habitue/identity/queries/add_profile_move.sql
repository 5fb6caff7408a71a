-- Keeps that a profile went from one customer to another, so that it can be taken back.
INSERT INTO profile_move (seq, profile_id, from_customer_id, to_customer_id, known_at, reason) VALUES (?, ?, ?, ?, ?, ?)
