-- Customers who are known since before an instant, of whom no sign of hers is dated since, and who ask nothing by law that is not answered: the first of them
-- after a number, with the last sign of each. Of her visits, and of whatever else told of her, a day of each thirty is known (its end counts), whatever became
-- of what told it.
SELECT q.customer_id, coalesce((
  SELECT MAX(last.at) FROM (
    SELECT MAX(e.at) AS at FROM profile AS h JOIN event AS e ON e.profile_id = h.profile_id
    WHERE h.customer_id = q.customer_id
      AND e.name NOT IN ('Customer Described', 'Customers Merged', 'Customers Unmerged', 'Household Joined', 'Household Left', 'Touch Sent', 'Aliased', 'Tracked')
    UNION ALL
    SELECT MAX(s.day) * 86400 + 86399 AS at FROM profile AS h JOIN seen_fact AS s ON s.profile_id = h.profile_id WHERE h.customer_id = q.customer_id
  ) AS last
), MIN(q.known_at)) AS signed_at
FROM (SELECT p.customer_id, f.known_at FROM profile AS p JOIN customer_fact AS f ON f.profile_id = p.profile_id WHERE p.customer_id > ?) AS q
WHERE NOT EXISTS (
  SELECT 1 FROM profile AS h JOIN event AS e ON e.profile_id = h.profile_id
  WHERE h.customer_id = q.customer_id AND e.at >= ?
    AND e.name NOT IN ('Customer Described', 'Customers Merged', 'Customers Unmerged', 'Household Joined', 'Household Left', 'Touch Sent', 'Aliased', 'Tracked')
)
AND NOT EXISTS (
  SELECT 1 FROM profile AS h JOIN seen_fact AS s ON s.profile_id = h.profile_id WHERE h.customer_id = q.customer_id AND s.day * 86400 + 86399 >= ?
)
AND NOT EXISTS (
  SELECT 1 FROM profile AS h JOIN law_case AS c ON c.profile_id = h.profile_id
  WHERE h.customer_id = q.customer_id AND NOT EXISTS (SELECT 1 FROM case_step AS s WHERE s.case_id = c.case_id AND s.did BETWEEN ? AND ?)
)
GROUP BY q.customer_id
HAVING MAX(q.known_at) < ?
ORDER BY q.customer_id
LIMIT ?
