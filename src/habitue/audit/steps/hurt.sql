-- Those who were hurt most: most messages with a wrong in them, then the larger part of what they got.
SELECT k.key AS customer, f.customer_id, count(DISTINCT touch_id) AS sends, count(DISTINCT CASE WHEN is_fault THEN touch_id END) AS at_fault, {messages}
FROM found AS f
JOIN customer_key AS k USING (customer_id)
GROUP BY k.key, f.customer_id
HAVING at_fault > 0
ORDER BY at_fault DESC, CAST(at_fault AS DOUBLE) / sends DESC, customer
LIMIT 20
