-- A person answered a stranger, by that letter.
UPDATE stray SET answer = ?, answered_by = ?, letter_id = ? WHERE stray_id = ?
