-- Every product once, from the orders and the catalogue, with the key of its type (its category's, its own name where no type is told) and its category.
CREATE OR REPLACE TEMP TABLE product_key AS
WITH told AS (
  SELECT product AS key, max(name) AS name, max(type) AS type, max(category) AS category, max(department) AS department
  FROM (
    SELECT product, name, type, category, department FROM raw_line
    UNION ALL
    SELECT product, name, type, category, department FROM raw_catalogue
  )
  GROUP BY product
)
SELECT key, name, type, category, department, CAST(row_number() OVER (ORDER BY key) AS BIGINT) AS product_id,
  CASE WHEN type IS NULL THEN 'product ' || key ELSE 'type ' || coalesce(category, '') || '/' || type END AS type_key,
  CASE WHEN category IS NOT NULL THEN 'category ' || category WHEN department IS NOT NULL THEN 'department ' || department
    WHEN type IS NOT NULL THEN 'type ' || type END AS category_key
FROM told
