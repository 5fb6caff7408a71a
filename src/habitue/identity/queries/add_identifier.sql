-- Lets an identifier recognise a profile; once somebody has vouched for it, it stays so. An address that letters come back from is dead for everybody.
INSERT INTO identifier (kind, value, profile_id, is_vouched, dead_at)
VALUES (?, ?, ?, ?, COALESCE((SELECT MAX(d.dead_at) FROM identifier AS d WHERE d.kind = ? AND d.value = ?), 0))
ON CONFLICT (kind, value, profile_id) DO UPDATE SET is_vouched = 1 WHERE identifier.is_vouched = 0 AND excluded.is_vouched = 1
