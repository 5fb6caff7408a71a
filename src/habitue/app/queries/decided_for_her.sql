-- What the ledger holds for one customer of some day, under each number that she had then; a word before a silence.
SELECT d.reason, d.action_id, d.item_id, d.because_item_id, d.kind, d.channel, d.value_millicents, d.allowed, d.terms
FROM decision AS d JOIN profile AS p ON p.profile_id = d.customer_id
WHERE p.customer_id = ? AND d.day = ? ORDER BY CASE WHEN d.reason = 0 THEN 0 ELSE 1 END, d.customer_id
