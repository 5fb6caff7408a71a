-- Keeps a note of the shop's beside what a stranger wrote.
INSERT INTO stray_note (note_id, stray_id, at, who, words) VALUES (?, ?, ?, ?, ?)
