-- Every order line with numbers for names, by customer's part. What is given back counts on the day, and at the place, of the order that it names;
-- where it names none of hers (a receipt of its own, or none), of her last purchase of that product before.
CREATE OR REPLACE TEMP TABLE line_all AS
WITH bought AS (
  SELECT customer, order_key, min(day) AS day, arg_min(place, day) AS place
  FROM raw_line
  WHERE quantity_milli > 0 AND order_key IN (SELECT order_key FROM raw_line WHERE quantity_milli < 0)
  GROUP BY customer, order_key
),
astray AS (
  SELECT r.rowid AS row_id, r.customer, r.product, r.instant
  FROM raw_line AS r
  WHERE r.quantity_milli < 0 AND NOT EXISTS (SELECT 1 FROM bought AS b WHERE b.customer = r.customer AND b.order_key = r.order_key)
),
bought_alike AS (
  SELECT customer, product, instant, day, place, coalesce(order_key, CAST(instant AS VARCHAR)) AS order_key
  FROM raw_line
  WHERE quantity_milli > 0 AND customer IN (SELECT customer FROM astray)
),
found AS (
  SELECT a.row_id, b.day, b.place, b.order_key
  FROM astray AS a
  ASOF JOIN bought_alike AS b ON b.customer = a.customer AND b.product = a.product AND b.instant <= a.instant
)
SELECT k.customer_id, k.customer_id % {parts} AS part, CASE WHEN r.quantity_milli < 0 THEN coalesce(b.day, f.day, r.day) ELSE r.day END AS day, o.type_id, o.product_id,
  r.quantity_milli, r.amount_cents, r.instant AS known_at, r.hour, CASE WHEN r.quantity_milli < 0 THEN coalesce(b.place, f.place, r.place) ELSE r.place END AS place,
  coalesce(f.order_key, r.order_key, CAST(r.instant AS VARCHAR)) AS order_key
FROM raw_line AS r
JOIN customer_key AS k ON k.key = r.customer
JOIN product_key AS p ON p.key = r.product
JOIN product_of AS o ON o.product_id = p.product_id
LEFT JOIN bought AS b ON b.customer = r.customer AND b.order_key = r.order_key
LEFT JOIN found AS f ON f.row_id = r.rowid
