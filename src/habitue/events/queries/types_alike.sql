-- The attributes that every product of these types has.
SELECT p.type_id, a.attribute_id
FROM product AS p JOIN product_attribute AS a ON a.product_id = p.product_id
WHERE p.type_id IN (?)
GROUP BY p.type_id, a.attribute_id
HAVING count(*) = (SELECT count(*) FROM product AS q WHERE q.type_id = p.type_id)
