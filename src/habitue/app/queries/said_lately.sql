-- At which second the last word about a profile was said, of those between two; what it said may be erased since.
SELECT MAX(at) FROM event WHERE profile_id = ? AND at BETWEEN ? AND ? AND name = ?
