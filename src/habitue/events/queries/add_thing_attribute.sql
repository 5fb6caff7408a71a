-- Writes that a type is like that as a whole.
INSERT INTO thing_attribute (item_id, attribute_id) VALUES (?, ?)
