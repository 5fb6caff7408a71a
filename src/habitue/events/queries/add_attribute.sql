-- Gives an attribute its number.
INSERT INTO attribute (attribute_id, key) VALUES (?, ?)
