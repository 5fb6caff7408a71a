-- Whether a letter is at that attempt and in one of two states.
SELECT 1 FROM letter WHERE letter_id = ? AND attempts = ? AND state IN (?, ?)
