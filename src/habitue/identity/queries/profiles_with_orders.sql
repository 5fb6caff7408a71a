-- Which of these profiles have orders.
SELECT DISTINCT profile_id FROM orders WHERE profile_id IN (?)
