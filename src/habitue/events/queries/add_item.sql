-- Puts an item into the catalogue.
INSERT INTO item (item_id, level, key, parent_id, seq) VALUES (?, ?, ?, ?, ?)
