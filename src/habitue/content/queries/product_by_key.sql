-- One product by its key, with its type as what lies above it.
SELECT i.item_id, i.level, i.key, p.type_id FROM item AS i JOIN product AS p ON p.product_id = i.item_id WHERE i.level = 1 AND i.key = ?
