-- Who the customers are, in the order in which we came to know them: since which day, and how many events each has.
SELECT k.customer_id, k.since_day, (
    SELECT COUNT(*) FROM profile AS q JOIN event AS e ON e.profile_id = q.profile_id WHERE q.customer_id = k.customer_id
  ) AS events
FROM (SELECT c.customer_id, MIN(c.since_day) AS since_day FROM customer AS c WHERE c.customer_id > ? GROUP BY c.customer_id) AS k
ORDER BY k.customer_id
LIMIT ?
