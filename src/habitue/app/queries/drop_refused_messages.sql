-- Lets all of these from before an instant go.
DELETE FROM event_refused WHERE known_at < ? RETURNING 1
