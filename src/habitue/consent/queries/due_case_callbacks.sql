-- Whom to tell of which case, where it is time to look.
SELECT case_id, url, told, attempts, due_at FROM case_callback WHERE due_at <= ? ORDER BY case_id, url
