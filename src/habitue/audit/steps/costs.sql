-- What was spent, and how much of it on messages of which everything was wrong. A message is paid for once, however much it names.
SELECT CAST(sum(cost_millicents) AS BIGINT) AS spent, CAST(sum(CASE WHEN is_fault THEN cost_millicents ELSE 0 END) AS BIGINT) AS saved
FROM (SELECT touch_id, max(cost_millicents) AS cost_millicents, bool_and(is_fault) AS is_fault FROM found GROUP BY touch_id)
