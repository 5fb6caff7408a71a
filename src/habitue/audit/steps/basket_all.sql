-- Every order as one basket; what of it was taken back later is a row of its own, known later.
CREATE OR REPLACE TEMP TABLE basket_all AS
SELECT customer_id, part, day, CAST(max(hour) AS BIGINT) AS hour, (day + 3) % 7 + 1 AS weekday,
  CAST(hash(order_key) % 4611686018427387904 AS BIGINT) AS order_id, CAST(max(place) AS BIGINT) AS place,
  CAST(sum(quantity_milli) AS BIGINT) AS quantity_milli, CAST(sum(amount_cents) AS BIGINT) AS amount_cents, known_at
FROM line_all
GROUP BY customer_id, part, day, known_at, order_key
