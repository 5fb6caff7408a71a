-- Makes a case hers who was found.
UPDATE law_case SET profile_id = ? WHERE case_id = ?
