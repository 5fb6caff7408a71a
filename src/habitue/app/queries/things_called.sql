-- The things of the catalogue that are called so in small letters, and whether by a plain name (1), in any language; else by key, or as a type within its category.
SELECT c.item_id, MAX(c.is_plain)
FROM (
  SELECT n.item_id, n.name AS called, 1 AS is_plain FROM item_name AS n
  UNION ALL
  SELECT i.item_id, i.key, 0 FROM item AS i WHERE i.level > 0
  UNION ALL
  SELECT t.item_id, substr(t.key, length(p.key) + 2), 0 FROM item AS t JOIN item AS p ON p.item_id = t.parent_id
  WHERE t.level = 2 AND substr(t.key, 1, length(p.key) + 1) = p.key || '/'
) AS c
WHERE lower(c.called) IN (?)
GROUP BY c.item_id
