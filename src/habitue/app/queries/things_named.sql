-- Every plain name of the catalogue with its language, and without one every type by its name within its category.
SELECT n.item_id, n.name, n.language FROM item_name AS n
UNION ALL
SELECT t.item_id, substr(t.key, length(p.key) + 2), '' FROM item AS t JOIN item AS p ON p.item_id = t.parent_id
WHERE t.level = 2 AND substr(t.key, 1, length(p.key) + 1) = p.key || '/'
UNION ALL
SELECT i.item_id, i.key, '' FROM item AS i WHERE i.level > 2
