-- One row a named thing: the categories of its products as one neighbourhood (0 where none is known), and how many products it covers.
CREATE OR REPLACE TEMP TABLE neighbourhood AS
WITH spread AS (
  SELECT c.item_id, list(DISTINCT o.category_id ORDER BY o.category_id) FILTER (o.category_id > 0) AS categories, count(*) AS products
  FROM covers AS c
  JOIN product_of AS o USING (product_id)
  GROUP BY c.item_id
),
several AS (
  SELECT categories, CAST(1000000000 + row_number() OVER (ORDER BY categories) AS BIGINT) AS category_id
  FROM (SELECT DISTINCT categories FROM spread WHERE len(categories) > 1)
)
SELECT s.item_id, s.categories, CAST(s.products AS BIGINT) AS products,
  CASE WHEN s.categories IS NULL THEN 0 WHEN len(s.categories) = 1 THEN s.categories[1] ELSE n.category_id END AS category_id
FROM spread AS s
LEFT JOIN several AS n ON n.categories = s.categories
