-- The number of the next lesson.
SELECT COALESCE(MAX(lesson_id), 0) + 1 FROM lesson
