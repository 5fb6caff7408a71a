-- The newest messages that could not be sorted, of those before a number.
SELECT letter_id, key, received_at, words, is_quiet, reason, body FROM dead_letter WHERE letter_id < ? ORDER BY letter_id DESC LIMIT ?
