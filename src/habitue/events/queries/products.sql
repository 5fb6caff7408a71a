-- The type, category and department of products.
SELECT product_id, type_id, category_id, department_id FROM product WHERE product_id IN (?)
