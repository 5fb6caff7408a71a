-- Writes that she answered a touch.
INSERT INTO answer (customer_id, known_at, seq, touch_id, day) VALUES (?, ?, ?, ?, ?)
