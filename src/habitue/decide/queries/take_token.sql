-- Takes a customer's first free token of a span until an instant; gives its slot, or no row where none is free.
UPDATE token SET free_at = ?
WHERE customer_id = ? AND span_days = ?
  AND slot = (SELECT MIN(slot) FROM token WHERE customer_id = ? AND span_days = ? AND free_at <= ? AND slot < ?)
  AND free_at <= ?
RETURNING slot
