-- What the catalogue says of items of one level, to see whether a new import says otherwise.
SELECT item_id, key, parent_id FROM item WHERE level = ? AND key IN (?)
