-- For each thing that a send named, the category that most of its products lie in.
CREATE OR REPLACE TEMP TABLE main_category AS
SELECT item_id, category_id
FROM (
  SELECT c.item_id, o.category_id, row_number() OVER (PARTITION BY c.item_id ORDER BY count(*) DESC, o.category_id) AS place
  FROM covers AS c
  JOIN product_of AS o USING (product_id)
  WHERE o.category_id > 0
  GROUP BY c.item_id, o.category_id
)
WHERE place = 1
