-- Keeps how far a source has been fetched.
INSERT INTO pull_mark (source_id, what, since_at, begun_at, next_page) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (source_id, what) DO UPDATE SET since_at = excluded.since_at, begun_at = excluded.begun_at, next_page = excluded.next_page
