-- What a touch says: to whom by now, on which day it was decided, by which action, about what.
SELECT p.customer_id, d.day, d.action_id, d.item_id, d.because_item_id
FROM touch_fact AS f
JOIN decision AS d ON d.customer_id = f.profile_id AND d.day = f.day AND d.reason = 0 AND d.action_id = f.action_id
JOIN profile AS p ON p.profile_id = f.profile_id
WHERE f.touch_id = ?
