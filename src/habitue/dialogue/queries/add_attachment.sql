-- Keeps a file that came with what somebody wrote.
INSERT INTO attachment (attachment_id, seq, stray_id, at, name, kind, size_bytes, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
