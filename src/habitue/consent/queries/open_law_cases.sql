-- The requests of the law that nothing has ended.
SELECT c.case_id FROM law_case AS c WHERE NOT EXISTS (SELECT 1 FROM case_step AS s WHERE s.case_id = c.case_id AND s.did BETWEEN ? AND ?)
