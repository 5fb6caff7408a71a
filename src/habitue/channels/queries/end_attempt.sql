-- Says what became of an attempt.
UPDATE letter_attempt SET ended_at = ?, outcome = ?, answer = ? WHERE letter_id = ? AND attempt = ?
