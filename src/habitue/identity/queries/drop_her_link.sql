-- Forgets a link.
DELETE FROM her_link WHERE secret_hash = ?
