-- What several customers have in common, or is said to be used by several, with each of them.
SELECT i.kind, i.value, p.customer_id
FROM identifier AS i JOIN profile AS p ON p.profile_id = i.profile_id
WHERE (i.kind, i.value) IN (
  SELECT j.kind, j.value FROM identifier AS j JOIN profile AS r ON r.profile_id = j.profile_id
  WHERE j.kind <> 'customer'
  GROUP BY j.kind, j.value
  HAVING COUNT(DISTINCT r.customer_id) > 1 OR MAX(j.is_shared) = 1
)
ORDER BY i.kind, i.value, p.customer_id
