-- The addresses of these profiles to which letters come back.
SELECT profile_id, value FROM identifier WHERE kind = 'email' AND dead_at <> 0 AND profile_id IN (?)
