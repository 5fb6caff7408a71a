-- Empties what was noted in words of one step of a case.
UPDATE case_step SET words = '' WHERE case_id = ? AND step_no = ?
