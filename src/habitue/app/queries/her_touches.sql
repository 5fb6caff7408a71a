-- What was said to these profiles, oldest first, and the day on which an answer came (none: there was none).
SELECT t.touch_id, t.day, k.key, t.kind, t.channel, t.item_id, MIN(a.day)
FROM touch_fact AS t
JOIN action_key AS k ON k.action_id = t.action_id
LEFT JOIN answer_fact AS a ON a.touch_id = t.touch_id
WHERE t.profile_id IN (?)
GROUP BY t.day, t.touch_id, k.key, t.kind, t.channel, t.item_id
ORDER BY t.day, t.touch_id
