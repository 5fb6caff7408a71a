-- What the ledger holds for a day.
SELECT customer_id, reason, action_id, item_id, because_item_id, kind, channel, value_millicents, allowed, terms, reasons
FROM decision WHERE day = ? ORDER BY customer_id
