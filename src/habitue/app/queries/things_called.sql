-- The things of the catalogue that are called so in small letters: by a plain name in any language, by key, or as a type within its category.
SELECT DISTINCT c.item_id
FROM (
  SELECT n.item_id, n.name AS called FROM item_name AS n
  UNION ALL
  SELECT i.item_id, i.key FROM item AS i WHERE i.level > 0
  UNION ALL
  SELECT t.item_id, substr(t.key, length(p.key) + 2) FROM item AS t JOIN item AS p ON p.item_id = t.parent_id
  WHERE t.level = 2 AND substr(t.key, 1, length(p.key) + 1) = p.key || '/'
) AS c
WHERE lower(c.called) IN (?)
