-- Takes a letter in hand where nobody else has it; while it is being sent, its due time is the instant at which that began.
UPDATE letter SET state = 'sending', due_at = ?, attempts = attempts + 1
WHERE letter_id = ? AND ((state IN ('waiting', 'in_doubt') AND due_at <= ?) OR (state = 'sending' AND due_at <= ?))
RETURNING letter_id, kind, language, profile_id, state, made_at, due_at, attempts
