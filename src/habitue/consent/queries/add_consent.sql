-- Writes that leave was given or withdrawn, from an instant on.
INSERT INTO consent (customer_id, known_at, seq, purpose, channel, is_granted) VALUES (?, ?, ?, ?, ?, ?)
