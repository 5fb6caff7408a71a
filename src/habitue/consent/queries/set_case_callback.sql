-- Keeps what was told; from now on the next change is.
UPDATE case_callback SET told = ?, attempts = 0, due_at = 0 WHERE case_id = ? AND url = ?
