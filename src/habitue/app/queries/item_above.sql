-- What a thing stands under, where nobody has named the thing itself (0: under nothing).
SELECT i.parent_id FROM item AS i WHERE i.item_id = ? AND NOT EXISTS (SELECT 1 FROM item_name AS n WHERE n.item_id = i.item_id)
