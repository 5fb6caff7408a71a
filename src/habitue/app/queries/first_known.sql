-- When the first customer became known.
SELECT MIN(known_at) FROM customer_fact
