-- What came with these events.
SELECT attachment_id, seq, stray_id, at, name, kind, size_bytes FROM attachment WHERE seq IN (?)
