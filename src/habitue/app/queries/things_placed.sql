-- Level and key of things, and the three that each is part of, the nearest first (0 and nothing where there are fewer).
SELECT i.item_id, i.level, i.key, i.parent_id, p.parent_id, g.parent_id
FROM item AS i LEFT JOIN item AS p ON p.item_id = i.parent_id LEFT JOIN item AS g ON g.item_id = p.parent_id
WHERE i.level > 0 AND i.item_id IN (?)
ORDER BY i.level DESC, i.key
