-- What these products are like.
SELECT product_id, attribute_id FROM product_attribute WHERE product_id IN (?)
