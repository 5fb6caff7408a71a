-- Deletes the links to what was asked for with a letter.
DELETE FROM door_link WHERE letter_id = ?
