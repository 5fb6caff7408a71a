-- The newest requests of the law that were ended.
SELECT c.case_id FROM law_case AS c WHERE EXISTS (SELECT 1 FROM case_step AS s WHERE s.case_id = c.case_id AND s.did BETWEEN ? AND ?)
ORDER BY c.case_id DESC LIMIT ?
