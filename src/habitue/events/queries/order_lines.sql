-- What an order's revisions say, line by line.
SELECT seq, product_id, quantity_milli, amount_cents, is_gift FROM order_line WHERE profile_id = ? AND day = ? AND order_id = ?
