-- Deletes what was asked for with a letter.
DELETE FROM door_request WHERE letter_id = ?
