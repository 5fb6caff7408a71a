-- Deletes the requests whose time is over, with their addresses.
DELETE FROM door_request WHERE made_at <= ?
