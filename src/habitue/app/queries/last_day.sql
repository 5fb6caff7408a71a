-- The last day on which anything was sold.
SELECT COALESCE(MAX(day), 0) FROM orders WHERE quantity_milli > 0
