-- Keeps the newest state of an object of a shop.
INSERT INTO shop_state (state_id, updated_at, body_hash) VALUES (?, ?, ?)
ON CONFLICT (state_id) DO UPDATE SET updated_at = excluded.updated_at, body_hash = excluded.body_hash
