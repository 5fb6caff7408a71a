-- Customers of whom a profile's name or key holds a text (lower case), known before an instant.
SELECT p.customer_id, MIN(COALESCE(n.family_name, '')) AS family_name, MIN(COALESCE(n.given_name, '')) AS given_name
FROM profile AS p
JOIN identifier AS i ON i.profile_id = p.profile_id AND i.kind = 'customer'
LEFT JOIN person AS n ON n.profile_id = p.profile_id
WHERE (LOWER(COALESCE(n.given_name, '') || ' ' || COALESCE(n.family_name, '')) LIKE ? OR i.value = ?)
  AND EXISTS (SELECT 1 FROM customer_fact AS f WHERE f.profile_id = p.profile_id AND f.known_at < ?)
GROUP BY p.customer_id
ORDER BY family_name, given_name, p.customer_id LIMIT ?
