-- What a thing is called in a language, else its key.
SELECT COALESCE((SELECT name FROM item_name AS n WHERE n.item_id = i.item_id AND n.language = ?), i.key) FROM item AS i WHERE i.item_id = ?
