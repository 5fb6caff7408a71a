-- How many messages of people who were forgotten were let go, and of how many of those nothing is left in the database's files.
SELECT COALESCE((SELECT CAST(SUM(messages) AS BIGINT) FROM forgotten_refused), 0), COALESCE((SELECT value FROM counter WHERE name = 'passed_through'), 0)
