-- How often a hash was counted after an instant.
SELECT COUNT(*) FROM knock WHERE what = ? AND at > ?
