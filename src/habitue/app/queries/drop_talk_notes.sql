-- Lets all of these from before an instant go.
DELETE FROM talk_note WHERE at < ? RETURNING 1
