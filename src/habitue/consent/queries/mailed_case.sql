-- The request of the law that is open since a mail of a sender asked it; the sender stands in its first step.
SELECT c.case_id FROM law_case AS c JOIN case_step AS first ON first.case_id = c.case_id AND first.step_no = 1
WHERE c.source = ? AND c.outside_id <> '' AND c.asked = ? AND first.words = ?
  AND NOT EXISTS (SELECT 1 FROM case_step AS s WHERE s.case_id = c.case_id AND s.did BETWEEN ? AND ?)
ORDER BY c.case_id
