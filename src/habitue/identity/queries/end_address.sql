-- Letters to an address come back from now on, whoever told it.
UPDATE identifier SET dead_at = ? WHERE kind = 'email' AND value = ? AND dead_at = 0 RETURNING profile_id
