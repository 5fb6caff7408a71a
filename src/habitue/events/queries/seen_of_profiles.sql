-- On which days these profiles were there, or something else told of them.
SELECT DISTINCT day FROM seen_fact WHERE profile_id IN (?) ORDER BY day
