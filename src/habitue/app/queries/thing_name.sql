-- What a thing is called in a language, else in another; else what a type is called within its category, else its key.
SELECT COALESCE(
  (SELECT name FROM item_name AS n WHERE n.item_id = i.item_id AND n.language = ?),
  (SELECT min(name) FROM item_name AS n WHERE n.item_id = i.item_id),
  (SELECT substr(i.key, length(p.key) + 2) FROM item AS p WHERE p.item_id = i.parent_id AND i.level = 2 AND substr(i.key, 1, length(p.key) + 1) = p.key || '/'),
  i.key
)
FROM item AS i WHERE i.item_id = ?
