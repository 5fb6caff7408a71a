-- One file that came with what somebody wrote, with what is in it.
SELECT attachment_id, seq, stray_id, at, name, kind, size_bytes, content FROM attachment WHERE attachment_id = ?
