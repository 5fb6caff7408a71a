-- Of these customers, who were said to be two people, or two of one household: the profiles of whom it was said, and whose each is today.
SELECT p.one_profile_id, one.customer_id, p.other_profile_id, other.customer_id, p.reason
FROM proposal AS p
JOIN profile AS one ON one.profile_id = p.one_profile_id
JOIN profile AS other ON other.profile_id = p.other_profile_id
WHERE p.answer IN ('apart', 'household') AND one.customer_id <> other.customer_id AND one.customer_id IN (?)
