-- Which of these profiles anybody was ever named for.
SELECT DISTINCT profile_id FROM customer_fact WHERE profile_id IN (?)
