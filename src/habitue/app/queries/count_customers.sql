-- How many customers there are.
SELECT COUNT(*) FROM (SELECT DISTINCT customer_id FROM customer) AS known
