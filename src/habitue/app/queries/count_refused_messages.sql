-- How many of these there are from before an instant, and when the first of them came.
SELECT COUNT(*), MIN(known_at) FROM event_refused WHERE known_at < ?
