-- The numbers of the oldest messages that could not be sorted, of those up to a number.
SELECT letter_id FROM dead_letter WHERE letter_id <= ? ORDER BY letter_id LIMIT ?
