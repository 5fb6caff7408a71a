-- Sets aside a message that came again under the same id with another body.
INSERT INTO event_refused (seq, source_id, message_id, known_at, reason, body, profile_id) VALUES (?, ?, ?, ?, ?, ?, ?)
