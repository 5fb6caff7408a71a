-- How many requests wait at the door for their answer.
SELECT COUNT(*) FROM door_request WHERE answered_at = 0
