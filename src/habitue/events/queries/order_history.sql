-- Everything that was ever told of these orders, oldest first: whose it is now, where and when it stood, under which id, and what it says.
SELECT o.order_id, o.seq, coalesce(p.customer_id, o.profile_id) AS customer_id, o.profile_id, o.day, o.hour, o.place, o.shop_id, e.message_id, e.body
FROM orders AS o
JOIN event AS e ON e.profile_id = o.profile_id AND e.at = o.sold_at AND e.seq = o.seq
LEFT JOIN profile AS p ON p.profile_id = o.profile_id
WHERE o.order_id IN (?)
ORDER BY o.order_id, o.seq
