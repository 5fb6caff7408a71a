-- Ends what joins two profiles directly; no row where nothing does.
UPDATE link SET ended_seq = ?, ended_at = ?
WHERE kind = ? AND ended_seq = 0 AND ((one_profile_id = ? AND other_profile_id = ?) OR (one_profile_id = ? AND other_profile_id = ?))
RETURNING seq
