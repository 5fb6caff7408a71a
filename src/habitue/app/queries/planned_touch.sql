-- One planned word of ours, with what the ledger decided; a word that a source told us of is none.
SELECT f.profile_id, f.day, f.action_id, f.kind, f.channel
FROM touch_fact AS f
JOIN decision AS d ON d.customer_id = f.profile_id AND d.day = f.day AND d.reason = 0 AND d.action_id = f.action_id
WHERE f.touch_id = ?
