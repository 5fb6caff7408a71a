-- By what these profiles are recognised, devices apart.
SELECT kind, value FROM identifier WHERE kind <> 'device' AND profile_id IN (?) ORDER BY kind, value
