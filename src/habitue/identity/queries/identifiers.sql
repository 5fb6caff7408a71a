-- Whose these identifiers of one kind are, and which of them several people use.
SELECT i.value, p.profile_id, p.customer_id, i.is_shared FROM identifier AS i JOIN profile AS p ON p.profile_id = i.profile_id
WHERE i.kind = ? AND i.value IN (?)
