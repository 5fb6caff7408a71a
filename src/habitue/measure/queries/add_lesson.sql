-- Keeps a lesson.
INSERT INTO lesson (lesson_id, as_of, note) VALUES (?, ?, ?)
