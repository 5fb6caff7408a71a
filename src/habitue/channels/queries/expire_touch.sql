-- Ends a touch whose time is over before it left.
UPDATE letter SET state = 'expired', due_at = ? WHERE letter_id = ? AND touch_id <> 0 AND state = 'waiting' AND until_at <= ? RETURNING letter_id
