-- The token of one span that a word took until an instant; of several alike, the first.
SELECT MIN(slot) FROM token WHERE customer_id = ? AND span_days = ? AND free_at = ?
