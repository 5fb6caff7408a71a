-- When the first customer became known, and the latest lesson learned by an instant.
SELECT (SELECT MIN(known_at) FROM customer) AS first_known_at, (SELECT MAX(lesson_id) FROM lesson WHERE as_of = (SELECT MAX(as_of) FROM lesson WHERE as_of <= ?)) AS lesson_id
