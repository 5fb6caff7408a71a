-- There is nothing more to tell.
DELETE FROM case_callback WHERE case_id = ? AND url = ?
