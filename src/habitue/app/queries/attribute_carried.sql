-- Whether any product is like that.
SELECT 1 FROM product_attribute WHERE attribute_id = ? LIMIT 1
