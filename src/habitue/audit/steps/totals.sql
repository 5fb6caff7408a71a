-- The sums of the whole audit, one row.
SELECT count(*) AS sends, CAST(sum(rows) - count(*) AS BIGINT) AS same_rows, count(DISTINCT touch_id) AS messages, count(DISTINCT customer_id) AS customers,
  count(DISTINCT CASE WHEN days_since_last < 9999 THEN customer_id END) AS customers_who_bought, count(*) FILTER (is_judged) AS judged,
  count(*) FILTER (is_fault) AS at_fault, min(day) AS first_day, max(day) AS last_day
FROM found
