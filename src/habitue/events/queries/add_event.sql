-- Writes one event, once and for good.
INSERT INTO event (profile_id, at, seq, source_id, name, message_id, known_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
