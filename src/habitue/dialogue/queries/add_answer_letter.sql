-- Writes down by which letter an answer leaves.
INSERT INTO answer_letter (letter_id, seq) VALUES (?, ?)
