-- Keeps one cell of a lesson's scorecard.
INSERT INTO chance (lesson_id, cell, permille) VALUES (?, ?, ?)
