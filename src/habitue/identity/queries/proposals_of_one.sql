-- Everything that was ever proposed or said of these customers and others, told from the one side, with whose each is today.
SELECT p.one_profile_id, p.other_profile_id, p.reason, p.chance_permille, p.evidence, p.found_at, p.answer, p.place, one.customer_id, other.customer_id
FROM profile AS one
CROSS JOIN proposal AS p
JOIN profile AS other ON other.profile_id = p.other_profile_id
WHERE p.one_profile_id = one.profile_id AND one.customer_id IN (?)
