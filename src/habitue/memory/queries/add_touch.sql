-- Writes that something was said to her; the same touch told by another source changes nothing.
INSERT INTO touch_fact (profile_id, known_at, seq, touch_id, action_id, item_id, kind, channel, day, is_asking) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (touch_id) DO NOTHING
