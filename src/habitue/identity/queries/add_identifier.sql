-- Lets an identifier recognise a profile; who had it first keeps it, since two people are never merged in silence.
INSERT INTO identifier (kind, value, profile_id) VALUES (?, ?, ?)
ON CONFLICT (kind, value) DO NOTHING
