-- What was proposed of these profiles before.
SELECT one_profile_id, other_profile_id, reason FROM proposal WHERE one_profile_id IN (?)
