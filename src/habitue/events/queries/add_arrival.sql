-- Keeps a request as it came.
INSERT INTO arrival (arrival_id, key, received_at, words, is_quiet, body) VALUES (?, ?, ?, ?, ?, ?)
