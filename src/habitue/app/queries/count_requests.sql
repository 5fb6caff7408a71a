-- How many requests wait at the door for their answer, of those that a letter of a kind is owed for.
SELECT COUNT(*) FROM door_request AS r JOIN letter AS l ON l.letter_id = r.letter_id WHERE r.answered_at = 0 AND l.kind = ?
