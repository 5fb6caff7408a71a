-- How many words were decided on, by day and way.
SELECT day, channel, COUNT(*) FROM decision WHERE reason = 0 AND day BETWEEN ? AND ? GROUP BY day, channel ORDER BY day, channel
