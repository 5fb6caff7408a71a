-- Closes the books of an import with its counts.
UPDATE import_run SET accepted = ?, repeated = ?, rejected = ?, is_done = 1 WHERE run_id = ?
