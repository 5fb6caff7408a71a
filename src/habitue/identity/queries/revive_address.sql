-- An address lives again.
UPDATE identifier SET dead_at = 0 WHERE kind = 'email' AND value = ? AND dead_at <> 0 RETURNING profile_id
