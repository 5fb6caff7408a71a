-- How many words of an action were said to anyone, known before an instant, on days after a day.
SELECT COALESCE(SUM(touches), 0) FROM spent WHERE action_id = ? AND known_at < ? AND day > ?
