-- The number of the newest message that could not be sorted; 0 where there is none.
SELECT COALESCE(MAX(letter_id), 0) FROM dead_letter
