-- What the ledger holds for one customer of some day, under each number that she had then: a word before a silence, and of several words one that was
-- claimed before one that waits, and that before one that was withdrawn.
SELECT d.reason, d.action_id, d.item_id, d.because_item_id, d.kind, d.channel, d.value_millicents, d.allowed, d.terms
FROM decision AS d JOIN profile AS p ON p.profile_id = d.customer_id
LEFT JOIN touch_fact AS f ON f.profile_id = d.customer_id AND f.day = d.day AND f.action_id = d.action_id AND d.reason = 0
LEFT JOIN touch_step AS s ON s.touch_id = f.touch_id AND s.step = 1
WHERE p.customer_id = ? AND d.day = ?
ORDER BY CASE WHEN d.reason <> 0 THEN 3 WHEN f.touch_id IS NULL THEN 2 WHEN s.touch_id IS NULL THEN 1 ELSE 0 END, d.customer_id
