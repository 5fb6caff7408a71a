-- Lets all of these from before an instant go.
DELETE FROM stray WHERE at < ? RETURNING 1
