-- A word of ours, planned: it counts as said from the moment of planning.
INSERT INTO touch_fact (profile_id, known_at, seq, touch_id, action_id, item_id, kind, channel, day, is_asking) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
