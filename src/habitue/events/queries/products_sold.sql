-- Which of these products stand on any line of an order.
SELECT DISTINCT product_id FROM order_line WHERE product_id IN (?)
