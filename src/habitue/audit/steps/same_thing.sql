-- Which named things are one and the same: called alike but for case, spaces and level, or covering the same products by another name; a list of the
-- catalogue (a coupon, a leaflet) is known by its own name alone.
CREATE OR REPLACE TEMP TABLE same_thing AS
WITH called AS (SELECT item_id, text, min(item_id) OVER (PARTITION BY lower(trim(text))) AS root_id FROM named),
covering AS (
  SELECT c.item_id, list(c.product_id ORDER BY c.product_id) AS products
  FROM covers AS c
  JOIN named AS n USING (item_id)
  WHERE lower(trim(n.text)) NOT IN (SELECT lower(trim(part_of)) FROM raw_catalogue WHERE part_of IS NOT NULL)
  GROUP BY c.item_id
)
SELECT c.item_id, CASE WHEN v.products IS NULL THEN c.root_id ELSE min(c.root_id) OVER (PARTITION BY v.products) END AS root_id
FROM called AS c
LEFT JOIN covering AS v USING (item_id)
