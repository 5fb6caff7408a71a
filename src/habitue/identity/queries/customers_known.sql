-- Which of these customers anybody ever named.
SELECT DISTINCT customer_id FROM customer WHERE customer_id IN (?)
