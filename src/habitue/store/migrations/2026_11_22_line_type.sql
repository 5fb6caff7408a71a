-- A line carries the type of its product, so that a habit is counted without looking the catalogue up line by line.
-- The projection has a column more: with no mark in its manifest it is made anew at the next refresh.

ALTER TABLE order_line ADD COLUMN type_id BIGINT NOT NULL DEFAULT 0;
UPDATE order_line SET type_id = coalesce((SELECT p.type_id FROM product AS p WHERE p.product_id = order_line.product_id), 0);
DROP VIEW line;
CREATE VIEW line AS SELECT p.customer_id, l.day, l.order_id, l.type_id, l.product_id, l.quantity_milli, l.amount_cents, l.known_at, l.seq
  FROM profile AS p JOIN order_line AS l ON l.profile_id = p.profile_id;
DELETE FROM projection_file;
CREATE INDEX item_under ON item (item_id, parent_id);
ALTER TABLE import_run DROP COLUMN file_hash;
ALTER TABLE import_run DROP COLUMN next_line;
