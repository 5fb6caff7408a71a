-- A step of a planned touch, taken once.
INSERT INTO touch_step (touch_id, step, profile_id, at, seq, reason) VALUES (?, ?, ?, ?, ?, ?)
