-- Says since when what tells of a device that was nobody's is known to be hers.
UPDATE seen_fact SET seq = ?, known_at = ? WHERE profile_id = ?
