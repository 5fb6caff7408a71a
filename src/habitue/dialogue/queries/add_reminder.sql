-- Writes down by which letter a wait is told of.
INSERT INTO reminder (seq, step, letter_id) VALUES (?, ?, ?)
