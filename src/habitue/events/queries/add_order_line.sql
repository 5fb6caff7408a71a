-- Writes one line of an order, a correction or a refund, with the type that its product is of now.
INSERT INTO order_line (profile_id, day, order_id, seq, line_no, product_id, quantity_milli, amount_cents, known_at, is_gift, returned_day, type_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
