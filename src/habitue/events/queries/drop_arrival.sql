-- Forgets a request that is sorted.
DELETE FROM arrival WHERE arrival_id = ?
