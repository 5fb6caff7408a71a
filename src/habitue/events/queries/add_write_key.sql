-- Lets a source write by a key.
INSERT INTO write_key (key, source_id, ids, is_server, made_at) VALUES (?, ?, ?, ?, ?)
