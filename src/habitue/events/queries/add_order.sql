-- Writes what one event changes in an order: deltas, so that sums are right.
INSERT INTO orders (profile_id, day, order_id, seq, source_id, order_key, sold_at, hour, weekday, place, shop_id, quantity_milli, amount_cents, known_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
