-- Every key by which a source may write.
SELECT w.key, s.name, w.ids, w.is_server, w.made_at FROM write_key AS w JOIN source AS s ON s.source_id = w.source_id ORDER BY s.name, w.key
