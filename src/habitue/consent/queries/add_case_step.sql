-- Keeps what was done in a case.
INSERT INTO case_step (case_id, step_no, at, did, who, known, words, until_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
