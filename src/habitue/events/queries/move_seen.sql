-- Says since when the visits of a device that was nobody's are known to be hers.
UPDATE seen_fact SET seq = ?, known_at = ? WHERE profile_id = ?
