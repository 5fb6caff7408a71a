-- One row a week (its Monday): messages, people, what they had heard before, and messages over the limit.
SELECT day - (day + 3) % 7 AS week, count(*) AS messages, count(DISTINCT customer_id) AS customers, avg(words_28) AS words_28, count(*) FILTER (is_over) AS over
FROM (
  SELECT touch_id, any_value(customer_id) AS customer_id, any_value(day) AS day, max(words_28) AS words_28, bool_or(faults & {pressed_too_often} > 0) AS is_over
  FROM found
  GROUP BY touch_id
)
GROUP BY ALL
ORDER BY week
