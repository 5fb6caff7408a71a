-- The number of the one word that a day's plan has for a customer, whoever she was when it was planned, as one of hers sees it that is in hand: another of
-- them that somebody claimed, since it left or may have; else the first of those that were not withdrawn.
SELECT f.touch_id FROM profile AS p
JOIN decision AS d ON d.customer_id = p.profile_id AND d.day = ? AND d.reason = 0
JOIN touch_fact AS f ON f.profile_id = d.customer_id AND f.day = d.day AND f.action_id = d.action_id
LEFT JOIN touch_step AS s ON s.touch_id = f.touch_id AND s.step = 1 AND s.touch_id <> ?
WHERE p.customer_id = ? ORDER BY COALESCE(s.step, 2), d.customer_id LIMIT 1
