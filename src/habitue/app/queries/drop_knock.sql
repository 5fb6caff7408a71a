-- Drops whatever is counted under a hash.
DELETE FROM knock WHERE what = ?
