-- Ends touches whose time is over before they left, some at a time, so that nobody waits for long who writes.
UPDATE letter SET state = 'expired', due_at = ?
WHERE letter_id IN (SELECT letter_id FROM letter WHERE touch_id <> 0 AND state = 'waiting' AND until_at <= ? ORDER BY letter_id LIMIT 500)
RETURNING touch_id
