-- A number by which a source knows each of these profiles.
SELECT profile_id, MIN(value) FROM identifier WHERE kind = 'customer' AND profile_id IN (?) GROUP BY profile_id
