-- Customers whose name or key holds a text (lower case), known before an instant.
SELECT p.customer_id
FROM profile AS p
JOIN identifier AS i ON i.profile_id = p.profile_id AND i.kind = 'customer'
LEFT JOIN person AS n ON n.customer_id = p.customer_id
WHERE (LOWER(COALESCE(n.given_name, '') || ' ' || COALESCE(n.family_name, '')) LIKE ? OR i.value = ?)
  AND EXISTS (SELECT 1 FROM customer AS c WHERE c.customer_id = p.customer_id AND c.known_at < ?)
ORDER BY n.family_name, n.given_name, p.customer_id LIMIT ?
