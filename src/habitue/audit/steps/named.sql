-- Every thing that a file names, once, by its text: each has a number of its own, since it may be a product, a type, a category or a leaflet.
CREATE OR REPLACE TEMP TABLE named AS
SELECT text, level, CAST(row_number() OVER (ORDER BY text, level) AS BIGINT) AS item_id
FROM (
  SELECT thing AS text, level FROM raw_send WHERE thing IS NOT NULL
  UNION SELECT thing, level FROM raw_preference
  UNION SELECT thing, level FROM raw_stock
)
