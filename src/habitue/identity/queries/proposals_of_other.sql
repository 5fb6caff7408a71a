-- Everything that was ever proposed or said of these customers and others, told from the other side, with whose each is today.
SELECT p.one_profile_id, p.other_profile_id, p.reason, p.chance_permille, p.evidence, p.found_at, p.answer, p.place, one.customer_id, other.customer_id
FROM profile AS other
CROSS JOIN proposal AS p
JOIN profile AS one ON one.profile_id = p.one_profile_id
WHERE p.other_profile_id = other.profile_id AND other.customer_id IN (?)
