-- The action and the day of each word that was said to these profiles.
SELECT action_id, day FROM touch_fact WHERE profile_id IN (?) ORDER BY day, action_id
