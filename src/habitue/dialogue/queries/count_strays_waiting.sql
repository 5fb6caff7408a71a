-- How many of strangers wait for a person who came by that way.
SELECT COUNT(*) FROM stray WHERE sender <> '' AND answered = 0 AND way = ?
