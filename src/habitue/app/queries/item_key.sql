-- How finely the catalogue names a thing, and under which key.
SELECT level, key FROM item WHERE item_id = ?
