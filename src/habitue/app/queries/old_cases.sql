-- The cases that were over before an instant, and when each was.
SELECT case_id, MIN(at) AS over_at FROM case_step WHERE did BETWEEN ? AND ? GROUP BY case_id HAVING MIN(at) < ? ORDER BY case_id
