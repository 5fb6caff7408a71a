-- The newest states of these objects of a shop that were understood.
SELECT state_id, updated_at, body_hash FROM shop_state WHERE state_id IN (?)
