-- Lets an identifier recognise a profile.
INSERT INTO identifier (kind, value, profile_id) VALUES (?, ?, ?)
ON CONFLICT (kind, value, profile_id) DO NOTHING
