-- The oldest messages that could not be sorted, of those after a number.
SELECT letter_id, key, received_at, words, is_quiet, reason, body FROM dead_letter WHERE letter_id > ? ORDER BY letter_id LIMIT ?
