-- Makes a case nobody's: whose it was is forgotten.
UPDATE law_case SET profile_id = 0 WHERE case_id = ?
