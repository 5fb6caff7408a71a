-- Writes down by which letter she is told that the shop is closed.
INSERT INTO closing_note (letter_id, seq, closes_on, address_hash) VALUES (?, ?, ?, ?)
