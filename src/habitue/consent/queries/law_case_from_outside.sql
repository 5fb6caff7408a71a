-- The request that a source passed on under an id of its own.
SELECT case_id FROM law_case WHERE source = ? AND outside_id = ?
