-- Every order line with numbers for names, by customer's part; what is taken back counts on the day of its order, and where it was bought.
CREATE OR REPLACE TEMP TABLE line_all AS
WITH returned AS (
  SELECT customer, order_key, min(day) AS day, arg_min(place, day) AS place
  FROM raw_line
  WHERE quantity_milli > 0 AND order_key IN (SELECT order_key FROM raw_line WHERE quantity_milli < 0)
  GROUP BY customer, order_key
)
SELECT k.customer_id, k.customer_id % {parts} AS part, CASE WHEN r.quantity_milli < 0 THEN coalesce(b.day, r.day) ELSE r.day END AS day, o.type_id, o.product_id, r.quantity_milli, r.amount_cents,
  r.instant AS known_at, r.hour, CASE WHEN r.quantity_milli < 0 THEN coalesce(b.place, r.place) ELSE r.place END AS place, r.order_key
FROM raw_line AS r
JOIN customer_key AS k ON k.key = r.customer
JOIN product_key AS p ON p.key = r.product
JOIN product_of AS o ON o.product_id = p.product_id
LEFT JOIN returned AS b ON b.customer = r.customer AND b.order_key = r.order_key
