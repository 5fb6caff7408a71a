-- What stands of these orders in all: by where it stands, product, whether it is a gift, and the day on which it came back (0: it is no return).
SELECT o.order_id, o.profile_id, o.day, o.hour, o.place, o.shop_id, l.product_id, l.is_gift, l.returned_day,
  CAST(SUM(l.quantity_milli) AS BIGINT) AS quantity_milli, CAST(SUM(l.amount_cents) AS BIGINT) AS amount_cents
FROM orders AS o
JOIN order_line AS l ON l.profile_id = o.profile_id AND l.day = o.day AND l.order_id = o.order_id AND l.seq = o.seq
WHERE o.order_id IN (?)
GROUP BY o.order_id, o.profile_id, o.day, o.hour, o.place, o.shop_id, l.product_id, l.is_gift, l.returned_day
