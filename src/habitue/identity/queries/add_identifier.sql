-- Lets an identifier recognise a profile; once somebody has vouched for it, it stays so.
INSERT INTO identifier (kind, value, profile_id, is_vouched) VALUES (?, ?, ?, ?)
ON CONFLICT (kind, value, profile_id) DO UPDATE SET is_vouched = 1 WHERE identifier.is_vouched = 0 AND excluded.is_vouched = 1
