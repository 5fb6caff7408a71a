-- One row a product: its number, its type's and its category's (0 unknown).
CREATE OR REPLACE TEMP TABLE product_of AS
SELECT p.product_id, t.node_id AS type_id, coalesce(c.node_id, 0) AS category_id
FROM product_key AS p
JOIN node AS t ON t.key = p.type_key
LEFT JOIN node AS c ON c.key = p.category_key
