-- Takes out by what number another system named a request.
UPDATE law_case SET source = '', outside_id = '' WHERE case_id = ?
