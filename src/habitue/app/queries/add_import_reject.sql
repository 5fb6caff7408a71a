-- Keeps a row that was rejected, with its line and its reason.
INSERT INTO import_reject (run_id, line, reason) VALUES (?, ?, ?)
ON CONFLICT (run_id, line) DO NOTHING
