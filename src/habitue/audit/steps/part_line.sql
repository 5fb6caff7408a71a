-- What the customers of one part bought.
CREATE OR REPLACE TEMP TABLE line AS
SELECT customer_id, day, type_id, product_id, quantity_milli, amount_cents, 0 AS is_gift, 0 AS returned_day, known_at
FROM line_all
WHERE part = {part} AND customer_id IN (SELECT customer_id FROM moment)
