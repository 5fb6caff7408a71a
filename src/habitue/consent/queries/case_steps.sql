-- What was done in these cases.
SELECT case_id, step_no, at, did, who, known, words, until_day FROM case_step WHERE case_id IN (?)
