-- What a day's plan says by e-mail: to whom, and which action.
SELECT customer_id, action_id FROM decision WHERE day = ? AND reason = 0 AND channel = ? ORDER BY customer_id
