-- The largest number that an action has.
SELECT coalesce(max(action_id), 0) FROM action_key
