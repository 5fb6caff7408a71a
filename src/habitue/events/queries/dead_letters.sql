-- Messages that could not be sorted, oldest first.
SELECT letter_id, key, received_at, words, is_quiet, reason, body FROM dead_letter ORDER BY letter_id LIMIT ? OFFSET ?
