-- Writes that a product is like that.
INSERT INTO product_attribute (product_id, attribute_id) VALUES (?, ?)
