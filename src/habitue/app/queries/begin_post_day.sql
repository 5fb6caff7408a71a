-- Says that a day's words were put into the post, once, and how many letters that made.
INSERT INTO post_day (day, at, letters) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING day
