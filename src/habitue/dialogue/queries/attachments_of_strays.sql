-- What came with these answers of strangers.
SELECT attachment_id, seq, stray_id, at, name, kind, size_bytes FROM attachment WHERE stray_id IN (?)
