-- What was decided for these customers, oldest first: the day, the reason, and the action, thing, way and kind where there was one (0: none).
SELECT day, reason, action_id, item_id, channel, kind FROM decision WHERE customer_id IN (?) ORDER BY day
