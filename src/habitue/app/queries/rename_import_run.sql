-- Takes the name of a file out of the books of an import.
UPDATE import_run SET file = ? WHERE run_id = ?
