-- Writes until when she wants to be left in peace.
INSERT INTO pause (customer_id, known_at, seq, until_day) VALUES (?, ?, ?, ?)
