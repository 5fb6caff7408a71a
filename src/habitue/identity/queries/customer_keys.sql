-- The numbers under which sources know these customers, those of the first profile first; what we call who gave an address alone comes last.
SELECT p.customer_id, i.value
FROM profile AS p JOIN identifier AS i ON i.profile_id = p.profile_id AND i.kind = 'customer'
WHERE p.customer_id IN (?)
ORDER BY p.customer_id, CASE WHEN substr(i.value, 1, 8) = 'visitor-' THEN 1 ELSE 0 END, p.profile_id, i.value
