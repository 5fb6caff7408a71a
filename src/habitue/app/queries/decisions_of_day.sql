-- What the ledger holds for a day.
SELECT customer_id, reason, action_id, item_id, because_item_id, kind, channel, value_millicents, allowed FROM decision WHERE day = ?
