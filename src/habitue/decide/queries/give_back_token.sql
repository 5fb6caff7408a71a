-- Frees a token that was taken a moment ago.
UPDATE token SET free_at = ? WHERE customer_id = ? AND span_days = ? AND slot = ?
