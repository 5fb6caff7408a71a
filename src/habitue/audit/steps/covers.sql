-- Which products each named thing stands for: those of the catalogue's list of that name, else the product of that key or name,
-- else all of that type, that category, that department. Names are compared without regard to case or outer spaces.
CREATE OR REPLACE TEMP TABLE covers AS
WITH spoken AS (
  SELECT lower(trim(part_of)) AS word, product, 1 AS rank, 0 AS level, lower(trim(campaign)) AS campaign FROM raw_catalogue WHERE part_of IS NOT NULL
  UNION ALL SELECT lower(trim(key)), key, 2, 1, NULL FROM product_key
  UNION ALL SELECT lower(trim(name)), key, 3, 1, NULL FROM product_key WHERE name IS NOT NULL
  UNION ALL SELECT lower(trim(type)), key, 4, 2, NULL FROM product_key WHERE type IS NOT NULL
  UNION ALL SELECT lower(trim(category || '/' || type)), key, 4, 2, NULL FROM product_key WHERE type IS NOT NULL AND category IS NOT NULL
  UNION ALL SELECT lower(trim(category)), key, 5, 3, NULL FROM product_key WHERE category IS NOT NULL
  UNION ALL SELECT lower(trim(department)), key, 6, 4, NULL FROM product_key WHERE department IS NOT NULL
),
found AS (
  SELECT n.item_id, s.product, s.rank, min(s.rank) OVER (PARTITION BY n.item_id) AS best
  FROM named AS n
  JOIN spoken AS s ON s.word = lower(trim(n.text)) AND (s.campaign IS NULL OR s.campaign = n.campaign) AND (n.level = 0 OR s.level = n.level OR s.level = 0)
)
SELECT DISTINCT f.item_id, p.product_id
FROM found AS f
JOIN product_key AS p ON p.key = f.product
WHERE f.rank = f.best
