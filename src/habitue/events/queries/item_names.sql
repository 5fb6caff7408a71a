-- The plain names of items.
SELECT item_id, language, name FROM item_name WHERE item_id IN (?)
