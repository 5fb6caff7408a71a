-- The words that a day's plan has for a customer and that were not withdrawn, each under the number that she had then, as one of them sees it that is in
-- hand: first another that somebody claimed, since it left or may have. What a source told of that day stands beside ours.
SELECT d.customer_id, f.touch_id FROM profile AS p
JOIN decision AS d ON d.customer_id = p.profile_id AND d.day = ? AND d.reason = 0
JOIN touch_fact AS f ON f.profile_id = d.customer_id AND f.day = d.day AND f.action_id = d.action_id
LEFT JOIN touch_step AS s ON s.touch_id = f.touch_id AND s.step = 1 AND s.touch_id <> ?
WHERE p.customer_id = ? ORDER BY COALESCE(s.step, 2), d.customer_id
