-- Ends a link that nobody ended; no row where somebody did.
UPDATE her_link SET ended_at = ? WHERE secret_hash = ? AND ended_at = 0 RETURNING profile_id
