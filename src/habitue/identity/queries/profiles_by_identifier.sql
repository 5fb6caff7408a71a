-- Whose these identifiers of one kind are: the profile and the customer it now belongs to.
SELECT i.value, p.profile_id, p.customer_id FROM identifier AS i JOIN profile AS p ON p.profile_id = i.profile_id
WHERE i.kind = ? AND i.value IN (?)
