-- Lets all of these from before an instant go.
DELETE FROM dead_letter WHERE received_at < ? RETURNING 1
