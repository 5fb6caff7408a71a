-- By which addresses these customers are written to, or called, as any of their profiles told them.
SELECT p.customer_id, i.kind, i.value
FROM profile AS p JOIN identifier AS i ON i.profile_id = p.profile_id AND i.kind IN ('email', 'phone')
WHERE p.customer_id IN (?)
