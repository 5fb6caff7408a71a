-- Where to tell of a case.
SELECT url FROM case_callback WHERE case_id = ?
