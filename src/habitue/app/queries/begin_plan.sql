-- Begins the plan of a day, once.
INSERT INTO plan (day, as_of, book_id, lesson_id, is_done) VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING
