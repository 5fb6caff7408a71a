-- One customer, day by day: baskets and messages of hers.
SELECT day, CAST(sum(baskets) AS BIGINT) AS baskets, CAST(sum(messages) AS BIGINT) AS messages, CAST(sum(at_fault) AS BIGINT) AS at_fault, bit_or(faults) AS faults
FROM (
  SELECT day, count(*) AS baskets, 0 AS messages, 0 AS at_fault, CAST(0 AS BIGINT) AS faults
  FROM basket_all
  WHERE customer_id = {customer_id} AND quantity_milli > 0 AND day BETWEEN {first_day} AND {last_day}
  GROUP BY day
  UNION ALL
  SELECT day, 0, count(DISTINCT touch_id), count(DISTINCT CASE WHEN is_fault THEN touch_id END), bit_or(faults)
  FROM found
  WHERE customer_id = {customer_id} AND day BETWEEN {first_day} AND {last_day}
  GROUP BY day
)
GROUP BY day
ORDER BY day
