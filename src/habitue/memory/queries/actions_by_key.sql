-- The numbers of actions by key.
SELECT action_id, key FROM action_key WHERE key IN (?)
