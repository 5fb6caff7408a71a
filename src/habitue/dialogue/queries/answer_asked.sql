-- She said whether we had answered well: once.
UPDATE satisfaction SET answered_at = ?, verdict = ?, said = ? WHERE letter_id = ? AND answered_at = 0
