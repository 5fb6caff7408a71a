-- The lesson that was learned as of an instant.
SELECT lesson_id FROM lesson WHERE as_of = ?
