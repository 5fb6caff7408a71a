-- Writes or replaces an item's plain name in one language.
INSERT INTO item_name (item_id, language, name) VALUES (?, ?, ?)
ON CONFLICT (item_id, language) DO UPDATE SET name = excluded.name
