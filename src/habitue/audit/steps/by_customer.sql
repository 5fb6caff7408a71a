-- One row a customer: her sends, those at fault, the answers to both, and what they cost.
SELECT customer_id, count(*) AS sends, count(*) FILTER (is_fault) AS at_fault, count(*) FILTER (is_answered = 1) AS answered,
  count(*) FILTER (is_answered = 1 AND is_fault) AS answered_at_fault
FROM found
GROUP BY customer_id
