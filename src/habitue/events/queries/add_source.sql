-- Gives a source its number.
INSERT INTO source (source_id, name) VALUES (?, ?)
