-- What she told us of a thing, told of every named thing that lies wholly within it. What she says of one product stands for its type; what she says of
-- more than a type stands under the thing's own department, so that her word on the thing itself comes first.
CREATE OR REPLACE TEMP TABLE preference AS
WITH told AS (SELECT DISTINCT n.item_id FROM raw_preference AS r JOIN named AS n ON n.text = r.thing AND n.level = r.level AND n.campaign IS NULL),
lifted AS (
  SELECT t.item_id, c.product_id FROM told AS t JOIN covers AS c USING (item_id)
  UNION
  SELECT t.item_id, o.product_id
  FROM told AS t
  JOIN neighbourhood AS h ON h.item_id = t.item_id AND h.products = 1
  JOIN covers AS c ON c.item_id = t.item_id
  JOIN product_of AS own ON own.product_id = c.product_id
  JOIN product_of AS o ON o.type_id = own.type_id
),
width AS (SELECT l.item_id, count(DISTINCT o.type_id) AS types, count(*) AS products FROM lifted AS l JOIN product_of AS o USING (product_id) GROUP BY l.item_id),
within AS (
  SELECT l.item_id AS told_id, CASE WHEN w.types = 1 OR w.products = h.products THEN c.item_id ELSE c.item_id + 10000000000 END AS item_id
  FROM lifted AS l
  JOIN width AS w ON w.item_id = l.item_id
  JOIN covers AS c USING (product_id)
  JOIN neighbourhood AS h ON h.item_id = c.item_id
  WHERE c.item_id IN (SELECT item_id FROM send)
  GROUP BY l.item_id, c.item_id, h.products, w.types, w.products
  HAVING count(*) = h.products
)
SELECT k.customer_id, r.instant AS known_at, r.line AS seq, 1 AS subject, w.item_id, r.feeling, 2 AS strength, 1 AS told, r.instant AS said_at, r.day AS said_day,
  0 AS until_day, 0 AS from_hour, 0 AS until_hour, 0 AS from_weekday, 0 AS until_weekday, 0 AS is_health
FROM raw_preference AS r
JOIN named AS n ON n.text = r.thing AND n.level = r.level AND n.campaign IS NULL
JOIN within AS w ON w.told_id = n.item_id
JOIN customer_key AS k ON k.key = r.customer
WHERE k.is_sent = 1
