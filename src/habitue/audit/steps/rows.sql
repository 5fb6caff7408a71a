-- Those sends with all that speaks against them.
SELECT f.*, k.key AS customer, c.key AS campaign, n.text AS thing, s.score
FROM found AS f
JOIN customer_key AS k USING (customer_id)
JOIN campaign AS c USING (campaign_id)
LEFT JOIN named AS n ON n.item_id = f.named_id
LEFT JOIN score AS s USING (send_id)
WHERE f.send_id IN ({send_ids})
ORDER BY f.send_id
