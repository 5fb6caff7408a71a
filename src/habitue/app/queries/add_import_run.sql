-- Opens the books of an import.
INSERT INTO import_run (run_id, source_id, kind, file, accepted, repeated, rejected, is_done, begun_at)
VALUES (?, ?, ?, ?, 0, 0, 0, 0, ?)
