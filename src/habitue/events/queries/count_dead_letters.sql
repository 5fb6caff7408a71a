-- How many messages could not be sorted.
SELECT COUNT(*) FROM dead_letter
