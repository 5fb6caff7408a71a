-- The orders of these profiles: their days, and how much of each stands.
SELECT order_id, MIN(day), CAST(SUM(quantity_milli) AS BIGINT) FROM orders WHERE profile_id IN (?) GROUP BY order_id
