-- Writes or replaces where a product stands in the catalogue.
INSERT INTO product (product_id, type_id, category_id, department_id) VALUES (?, ?, ?, ?)
ON CONFLICT (product_id) DO UPDATE SET type_id = excluded.type_id, category_id = excluded.category_id, department_id = excluded.department_id
