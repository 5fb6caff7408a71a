-- Whose these identifiers of one kind are, oldest profile first, where a file, a server or she herself has told it.
SELECT i.value, i.profile_id, (SELECT p.customer_id FROM profile AS p WHERE p.profile_id = i.profile_id) AS customer_id, i.is_shared
FROM identifier AS i
WHERE i.kind = ? AND i.value IN (?) AND i.is_vouched = 1
ORDER BY i.profile_id
