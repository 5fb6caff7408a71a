-- Whether whoever is behind a hash is still to be left in peace at an instant.
SELECT 1 FROM knock WHERE what = ? AND until > ? LIMIT 1
