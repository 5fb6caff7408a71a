-- Counts the silences of days before a day, by day and reason.
INSERT INTO silence_count (day, reason, customers)
SELECT day, reason, COUNT(*) FROM decision WHERE day < ? AND reason > 0 GROUP BY day, reason ON CONFLICT DO NOTHING
