-- A silence of that day is for a reason that she had forgotten: that stays, and no longer about which word and thing.
UPDATE decision SET reason = ?, reasons = ?, action_id = 0, item_id = 0, because_item_id = 0 WHERE customer_id = ? AND day = ?
