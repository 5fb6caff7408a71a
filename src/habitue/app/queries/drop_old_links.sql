-- Deletes the links to requests whose time is over.
DELETE FROM door_link WHERE letter_id IN (SELECT letter_id FROM door_request WHERE made_at <= ?)
