-- Takes back that a product is like that.
DELETE FROM product_attribute WHERE product_id = ? AND attribute_id = ?
