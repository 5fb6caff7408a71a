-- Writes one line of an order, a correction or a refund, with the type that its product is of now.
INSERT INTO order_line (profile_id, day, order_id, seq, line_no, product_id, quantity_milli, amount_cents, known_at, type_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
