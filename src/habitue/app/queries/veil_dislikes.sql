-- What she did not want stopped a word to her on these days: that stays, and no longer what it was.
UPDATE decision SET item_id = 0 WHERE reason = ? AND customer_id = ?
