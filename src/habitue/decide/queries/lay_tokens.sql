-- A customer's token of one span, free from the beginning, where she has it not yet.
INSERT INTO token (customer_id, span_days, slot, free_at) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING
