-- How many lines the suppression list has.
SELECT COUNT(*) FROM suppression
