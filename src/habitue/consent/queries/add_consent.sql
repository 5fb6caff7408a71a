-- Writes that leave was given or withdrawn, from an instant on.
INSERT INTO consent_fact (profile_id, known_at, seq, purpose, channel, is_granted) VALUES (?, ?, ?, ?, ?, ?)
