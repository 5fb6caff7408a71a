-- Keeps a message that could not be sorted, with the reason.
INSERT INTO dead_letter (letter_id, key, received_at, words, is_quiet, reason, body, body_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
