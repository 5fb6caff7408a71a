-- Types, categories and departments, with what lies above each.
SELECT item_id, level, key, parent_id FROM item WHERE level > 1 ORDER BY item_id
