-- When the first order was made.
SELECT MIN(sold_at) FROM orders
