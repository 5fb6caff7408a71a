-- What was decided about these customers since a day, each with why every action was said or not.
SELECT customer_id, day, reason, reasons FROM decision WHERE day >= ? AND customer_id IN (?)
