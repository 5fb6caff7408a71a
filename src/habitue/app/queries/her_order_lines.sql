-- What stands of each line of these profiles' orders, oldest first: day, order, product, quantity and amount; what came back entirely is left out.
SELECT h.day, h.order_key, i.item_id, i.key, CAST(SUM(h.quantity_milli) AS BIGINT), CAST(SUM(h.amount_cents) AS BIGINT)
FROM (
  SELECT l.day, l.product_id, l.quantity_milli, l.amount_cents,
    (SELECT MIN(o.order_key) FROM orders AS o WHERE o.profile_id = l.profile_id AND o.order_id = l.order_id) AS order_key
  FROM order_line AS l
  WHERE l.profile_id IN (?)
) AS h
JOIN item AS i ON i.item_id = h.product_id
GROUP BY h.day, h.order_key, i.item_id, i.key
HAVING SUM(h.quantity_milli) <> 0 OR SUM(h.amount_cents) <> 0
ORDER BY h.day, h.order_key, i.key
