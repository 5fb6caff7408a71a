-- Adds an attempt at sending a letter.
INSERT INTO letter_attempt (letter_id, attempt, begun_at) VALUES (?, ?, ?)
