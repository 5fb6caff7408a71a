-- Writes that something was said to her.
INSERT INTO touch (customer_id, known_at, seq, touch_id, action_id, item_id, kind, channel, day, is_asking) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
