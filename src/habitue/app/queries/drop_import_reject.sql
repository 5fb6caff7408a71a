-- Drops a row that was rejected.
DELETE FROM import_reject WHERE run_id = ? AND line = ?
