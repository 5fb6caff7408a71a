-- These messages, as requests of their own.
SELECT letter_id, key, received_at, words, is_quiet, body FROM dead_letter WHERE letter_id IN (?) ORDER BY letter_id
