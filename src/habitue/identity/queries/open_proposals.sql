-- What waits for a person: the customers of today, and why they may be one.
SELECT one.customer_id, other.customer_id, p.one_profile_id, p.other_profile_id, p.reason, p.chance_permille, p.evidence, p.found_at
FROM proposal AS p
JOIN profile AS one ON one.profile_id = p.one_profile_id
JOIN profile AS other ON other.profile_id = p.other_profile_id
WHERE p.answer = '' AND one.customer_id <> other.customer_id
ORDER BY p.found_at, p.one_profile_id, p.other_profile_id, p.reason
