-- What was proposed of these profiles before, and what a person said to it.
SELECT one_profile_id, other_profile_id, reason, answer FROM proposal WHERE one_profile_id IN (?)
