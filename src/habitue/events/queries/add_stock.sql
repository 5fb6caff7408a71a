-- Writes how many units of an item there were at an instant.
INSERT INTO stock (item_id, known_at, seq, units) VALUES (?, ?, ?, ?)
