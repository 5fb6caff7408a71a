-- Keeps the key of a message that was written.
INSERT INTO event_key (key, seq, body_hash) VALUES (?, ?, ?)
