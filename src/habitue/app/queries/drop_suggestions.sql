-- Lets all of these from before an instant go.
DELETE FROM model_proposal WHERE at < ? RETURNING 1
