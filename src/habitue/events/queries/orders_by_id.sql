-- Where these orders stand: every revision, with the event that made it.
SELECT o.order_id, o.profile_id, o.day, o.seq, o.hour, o.weekday, o.place, o.shop_id, o.sold_at, coalesce(e.name, '') AS event_name
FROM orders AS o LEFT JOIN event AS e ON e.profile_id = o.profile_id AND e.at = o.sold_at AND e.seq = o.seq
WHERE o.order_id IN (?)
ORDER BY o.order_id, o.seq
