-- When letters of a kind were let go last; 0 where they never were stopped.
SELECT COALESCE(MAX(released_at), 0) FROM letter_stop WHERE kind = ?
