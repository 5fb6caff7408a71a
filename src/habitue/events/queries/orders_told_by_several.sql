-- The orders of which one of these profiles and another told, each with its source and number, and the instant since which all that was told of it is known.
SELECT o.order_id, MIN(o.source_id), MIN(o.order_key), MAX(o.sold_at), MAX(o.known_at)
FROM orders AS o
WHERE o.order_id IN (
  SELECT own.order_id FROM orders AS own JOIN orders AS other ON other.order_id = own.order_id AND other.profile_id <> own.profile_id
  WHERE own.profile_id IN (?)
)
GROUP BY o.order_id
