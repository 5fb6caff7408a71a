-- Who the customers are, in the order in which we came to know them: key, since which day, names, and how many events each has.
SELECT k.customer_id, k.customer_key, k.since_day, COALESCE(n.given_name, '') AS given_name, COALESCE(n.family_name, '') AS family_name, (
    SELECT COUNT(*) FROM profile AS q JOIN event AS e ON e.profile_id = q.profile_id WHERE q.customer_id = k.customer_id
  ) AS events
FROM (
  SELECT p.customer_id, MIN(i.value) AS customer_key, (SELECT MIN(c.since_day) FROM customer AS c WHERE c.customer_id = p.customer_id) AS since_day
  FROM profile AS p
  JOIN identifier AS i ON i.profile_id = p.profile_id AND i.kind = 'customer'
  WHERE p.customer_id > ?
  GROUP BY p.customer_id
) AS k
LEFT JOIN person AS n ON n.customer_id = k.customer_id
ORDER BY k.customer_id
LIMIT ?
