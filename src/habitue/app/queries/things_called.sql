-- The things of the catalogue that are called so, by key, by a plain name or as a type within its category, types first, since words are about types; products come last.
SELECT i.level, i.key
FROM item AS i
WHERE i.level > 0 AND (i.key = ? OR i.item_id IN (SELECT n.item_id FROM item_name AS n WHERE lower(n.name) = ?)
  OR i.item_id IN (SELECT t.item_id FROM item AS t JOIN item AS p ON p.item_id = t.parent_id WHERE t.level = 2 AND lower(t.key) = lower(p.key || '/') || ?))
ORDER BY CASE WHEN i.key = ? THEN 0 ELSE 1 END, CASE WHEN i.level = 1 THEN 9 ELSE i.level END, i.key
LIMIT 9
