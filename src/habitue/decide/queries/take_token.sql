-- Takes a customer's first free token of a span until an instant; gives its slot, or no row where none is free.
-- Where she was several customers before, what any of them has taken counts: it is subtracted from what is free.
UPDATE token SET free_at = ?
WHERE customer_id = ? AND span_days = ?
  AND slot = (SELECT MIN(slot) FROM token WHERE customer_id = ? AND span_days = ? AND free_at <= ? AND slot < ?)
  AND free_at <= ?
  AND (SELECT COUNT(*) FROM token AS hers WHERE hers.customer_id = ? AND hers.span_days = ? AND hers.free_at <= ? AND hers.slot < ?)
    > (SELECT COUNT(*) FROM profile AS p JOIN token AS other ON other.customer_id = p.profile_id
       WHERE p.customer_id = ? AND p.profile_id <> ? AND other.span_days = ? AND other.free_at > ?)
RETURNING slot
