-- The numbers of catalogue items of one level by key.
SELECT item_id, key FROM item WHERE level = ? AND key IN (?)
