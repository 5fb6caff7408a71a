-- On which days these profiles were there.
SELECT DISTINCT day FROM seen_fact WHERE profile_id IN (?) ORDER BY day
