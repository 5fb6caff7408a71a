-- The names and addresses of these customers, profile by profile: the one place where they are kept.
SELECT p.customer_id, n.title, n.given_name, n.family_name, n.email, n.phone, n.street, n.postcode, n.city, n.country, n.language
FROM profile AS p JOIN person AS n ON n.profile_id = p.profile_id
WHERE p.customer_id IN (?)
ORDER BY p.customer_id, p.profile_id
