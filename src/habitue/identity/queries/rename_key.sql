-- Gives the key under which somebody is known another spelling; no row where nobody was.
UPDATE identifier SET value = ? WHERE kind = ? AND value = ? RETURNING profile_id
