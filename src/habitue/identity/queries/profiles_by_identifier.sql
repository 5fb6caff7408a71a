-- Whose these identifiers of one kind are: the profile and the customer it now belongs to; each profile is looked up by itself, however many there are.
SELECT i.value, i.profile_id, (SELECT p.customer_id FROM profile AS p WHERE p.profile_id = i.profile_id) AS customer_id
FROM identifier AS i
WHERE i.kind = ? AND i.value IN (?)
