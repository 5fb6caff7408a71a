-- The last day on which anything was sold.
SELECT COALESCE(MAX(day), 0) FROM (
  SELECT MAX(day) AS day FROM orders WHERE quantity_milli > 0 UNION ALL SELECT MAX(day) AS day FROM forgotten_sale WHERE quantity_milli > 0
) AS sold
