-- Takes a key away; no row where there was none.
DELETE FROM write_key WHERE key = ? RETURNING key
