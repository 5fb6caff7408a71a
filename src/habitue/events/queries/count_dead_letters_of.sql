-- How many messages that came by a key could not be sorted.
SELECT COUNT(*) FROM dead_letter WHERE key = ?
