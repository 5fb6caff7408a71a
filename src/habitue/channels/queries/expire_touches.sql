-- Ends the touches whose time is over before they left.
UPDATE letter SET state = 'expired', due_at = ? WHERE touch_id <> 0 AND state = 'waiting' AND until_at <= ? RETURNING touch_id
