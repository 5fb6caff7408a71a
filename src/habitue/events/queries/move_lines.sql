-- Gives the lines of these products the type that the catalogue now has for them.
UPDATE order_line SET type_id = (SELECT p.type_id FROM product AS p WHERE p.product_id = order_line.product_id) WHERE product_id IN (?)
