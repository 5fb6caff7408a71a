-- What the ledger holds for a day, by the customer that each is today.
SELECT p.customer_id, reason, action_id, item_id, because_item_id, kind, channel, value_millicents, allowed, terms, reasons
FROM decision AS d JOIN profile AS p ON p.profile_id = d.customer_id WHERE d.day = ? ORDER BY p.customer_id, d.customer_id
