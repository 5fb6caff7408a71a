-- Every link of these profiles.
SELECT profile_id, secret_hash, kind FROM her_link WHERE profile_id IN (?)
