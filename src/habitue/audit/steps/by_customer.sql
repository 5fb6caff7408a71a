-- One row a customer: her sends, those at fault, the answers to both; and the answers to messages of which everything was wrong.
SELECT f.customer_id, count(*) AS sends, count(*) FILTER (is_fault) AS at_fault, count(*) FILTER (is_answered = 1) AS answered,
  count(*) FILTER (is_answered = 1 AND is_fault) AS answered_at_fault, count(*) FILTER (is_answered = 1 AND m.is_wholly) AS answered_spared
FROM found AS f
JOIN (SELECT touch_id, bool_and(is_fault) AS is_wholly FROM found GROUP BY touch_id) AS m USING (touch_id)
GROUP BY f.customer_id
