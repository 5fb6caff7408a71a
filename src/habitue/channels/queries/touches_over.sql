-- Touches whose time is over before they left, some at a time.
SELECT letter_id, touch_id FROM letter WHERE touch_id <> 0 AND state = 'waiting' AND until_at <= ? ORDER BY letter_id LIMIT 500
