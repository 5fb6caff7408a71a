-- Lets all of these from before an instant go.
DELETE FROM look WHERE at < ? RETURNING 1
