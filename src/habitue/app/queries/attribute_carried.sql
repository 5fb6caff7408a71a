-- Whether any product is like that.
SELECT 1 FROM attribute AS a JOIN product_attribute AS p ON p.attribute_id = a.attribute_id WHERE a.key = ? LIMIT 1
