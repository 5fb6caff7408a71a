-- Lets a letter that is due wait until later.
UPDATE letter SET due_at = ? WHERE letter_id = ? AND state IN ('waiting', 'in_doubt') AND due_at <= ? RETURNING letter_id
