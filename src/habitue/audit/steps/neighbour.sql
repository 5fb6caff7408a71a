-- Which types lie in each neighbourhood.
CREATE OR REPLACE TEMP TABLE neighbour AS
SELECT DISTINCT w.category_id, o.type_id
FROM (SELECT DISTINCT category_id, unnest(categories) AS of_category_id FROM neighbourhood WHERE category_id > 0) AS w
JOIN product_of AS o ON o.category_id = w.of_category_id
