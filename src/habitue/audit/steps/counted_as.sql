-- By which counts one can say that a named thing is out of stock: the narrowest that holds all of it, else those that together hold all of its products.
CREATE OR REPLACE TEMP TABLE counted_as AS
WITH counted AS (SELECT DISTINCT s.item_id, h.products FROM stock AS s JOIN neighbourhood AS h USING (item_id)),
shared AS (
  SELECT c.item_id, x.item_id AS counted_id, x.products AS of_products, h.products, count(*) AS in_both
  FROM covers AS c
  JOIN neighbourhood AS h ON h.item_id = c.item_id
  JOIN covers AS o ON o.product_id = c.product_id
  JOIN counted AS x ON x.item_id = o.item_id
  WHERE c.item_id IN (SELECT item_id FROM send)
  GROUP BY ALL
),
whole AS (
  SELECT item_id, counted_id, row_number() OVER (PARTITION BY item_id ORDER BY of_products, counted_id) AS place FROM shared WHERE in_both = products
)
SELECT item_id, counted_id FROM whole WHERE place = 1
UNION ALL
SELECT item_id, counted_id FROM shared
WHERE in_both = of_products AND item_id NOT IN (SELECT item_id FROM whole)
  AND item_id IN (SELECT item_id FROM shared WHERE in_both = of_products GROUP BY item_id, products HAVING sum(in_both) >= products)
