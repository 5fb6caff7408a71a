-- Writes a shop with its zone.
INSERT INTO shop (shop_id, key, name, zone) VALUES (?, ?, ?, ?)
