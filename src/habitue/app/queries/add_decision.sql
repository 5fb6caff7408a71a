-- One line of the ledger.
INSERT INTO decision (customer_id, day, reason, action_id, item_id, because_item_id, kind, channel, value_millicents, propensity_permille, allowed, terms, reasons)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
