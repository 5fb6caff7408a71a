-- What was decided for these customers, oldest first: the day, the reason, and the action and thing where there was one (0: none).
SELECT day, reason, action_id, item_id, channel FROM decision WHERE customer_id IN (?) ORDER BY day
