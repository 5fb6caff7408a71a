-- Of these customers, who were said to be two people, or two of one household: the profiles of whom it was said, and whose each is today.
SELECT p.one_profile_id, one.customer_id, p.other_profile_id, other.customer_id, p.reason
FROM profile AS one
CROSS JOIN proposal AS p
JOIN profile AS other ON other.profile_id = p.other_profile_id
WHERE p.one_profile_id = one.profile_id AND p.answer IN ('apart', 'household') AND one.customer_id <> other.customer_id AND one.customer_id IN (?)
