-- The things, coarser than a product, whose plain name in some language is exactly this; what a name has beyond that is no guess of ours.
SELECT DISTINCT i.level, i.key FROM item_name AS n JOIN item AS i ON i.item_id = n.item_id
WHERE lower(n.name) = ? AND i.level > 1
ORDER BY i.level, i.key
