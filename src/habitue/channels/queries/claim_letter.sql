-- Takes a letter in hand where nobody else has it; while it is being sent, its due time is the instant at which that began. One that we owe is taken again
-- where nobody knows whether it left; a touch is not: better never than twice.
UPDATE letter SET state = 'sending', due_at = ?, attempts = attempts + 1
WHERE letter_id = ? AND ((state = 'waiting' AND due_at <= ? AND (touch_id = 0 OR until_at > ?)) OR (touch_id = 0 AND state = 'in_doubt' AND due_at <= ?) OR (touch_id = 0 AND state = 'sending' AND due_at <= ?))
RETURNING letter_id, kind, language, profile_id, state, made_at, due_at, attempts, '', touch_id, until_at
