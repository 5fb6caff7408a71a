-- What these profiles bought in all, by day and product.
SELECT day, product_id, CAST(SUM(quantity_milli) AS BIGINT), CAST(SUM(amount_cents) AS BIGINT)
FROM order_line WHERE profile_id IN (?) GROUP BY day, product_id
