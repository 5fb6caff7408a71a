-- Key and names of one customer.
SELECT i.value, COALESCE(n.given_name, ''), COALESCE(n.family_name, '')
FROM profile AS p
JOIN identifier AS i ON i.profile_id = p.profile_id AND i.kind = 'customer'
LEFT JOIN person AS n ON n.customer_id = p.customer_id
WHERE p.customer_id = ? ORDER BY i.value LIMIT 1
