-- The oldest requests that are not sorted yet.
SELECT arrival_id, key, received_at, words, is_quiet, body FROM arrival ORDER BY arrival_id LIMIT ?
