-- Lets all of these from before an instant go.
DELETE FROM attachment WHERE at < ? RETURNING 1
