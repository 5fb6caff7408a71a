-- By what these profiles are recognised.
SELECT kind, value FROM identifier WHERE profile_id IN (?) ORDER BY kind, value
