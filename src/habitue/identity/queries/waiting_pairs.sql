-- A stretch of the pairs that wait for a person, in the order in which she is asked: the customers of today.
SELECT one.customer_id, other.customer_id
FROM (SELECT place, one_profile_id, other_profile_id FROM proposal WHERE place > 0 ORDER BY place, one_profile_id, other_profile_id LIMIT ? OFFSET ?) AS p
JOIN profile AS one ON one.profile_id = p.one_profile_id
JOIN profile AS other ON other.profile_id = p.other_profile_id
ORDER BY p.place, p.one_profile_id, p.other_profile_id
