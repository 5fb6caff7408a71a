-- Opens the books of an import.
INSERT INTO import_run (run_id, source_id, kind, file, file_hash, accepted, repeated, rejected, is_done, next_line)
VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, 0)
