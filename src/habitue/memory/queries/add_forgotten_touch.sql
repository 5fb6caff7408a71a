-- A word that was said to somebody who was forgotten: nobody's (profile 0), without its thing, its way and its hour, so that what an action has cost stays right.
INSERT INTO touch_fact (profile_id, known_at, seq, touch_id, action_id, item_id, kind, channel, day, is_asking)
VALUES (0, ? * 86400 + 43200, ?, ?, ?, 0, 0, 0, ?, 0)
