-- Says where a letter is, and when it is to be tried again.
UPDATE letter SET state = ?, due_at = ? WHERE letter_id = ?
