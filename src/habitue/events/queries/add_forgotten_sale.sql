-- Adds to what was sold on a day to nobody any more.
INSERT INTO forgotten_sale (day, product_id, quantity_milli, amount_cents) VALUES (?, ?, ?, ?)
ON CONFLICT (day, product_id) DO UPDATE SET quantity_milli = forgotten_sale.quantity_milli + excluded.quantity_milli,
  amount_cents = forgotten_sale.amount_cents + excluded.amount_cents
