-- Types and categories as numbers.
CREATE OR REPLACE TEMP TABLE node AS
SELECT key, CAST(row_number() OVER (ORDER BY key) AS BIGINT) AS node_id
FROM (SELECT DISTINCT type_key AS key FROM product_key UNION SELECT DISTINCT category_key FROM product_key WHERE category_key IS NOT NULL)
