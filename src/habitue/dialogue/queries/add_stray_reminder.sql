-- Writes down by which letter the wait of a stranger is told of.
INSERT INTO stray_reminder (stray_id, step, letter_id) VALUES (?, ?, ?)
