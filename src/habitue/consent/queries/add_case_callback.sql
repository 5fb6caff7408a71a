-- Keeps where to tell of a case; one that is kept stays as it is.
INSERT INTO case_callback (case_id, url, told, attempts, due_at) VALUES (?, ?, ?, 0, 0) ON CONFLICT (case_id, url) DO NOTHING
