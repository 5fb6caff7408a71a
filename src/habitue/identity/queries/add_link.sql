-- Joins two profiles.
INSERT INTO link (seq, one_profile_id, other_profile_id, kind, known_at, reason) VALUES (?, ?, ?, ?, ?, ?)
