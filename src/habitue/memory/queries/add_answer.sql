-- Writes that she answered a touch.
INSERT INTO answer_fact (profile_id, known_at, seq, touch_id, day) VALUES (?, ?, ?, ?, ?)
