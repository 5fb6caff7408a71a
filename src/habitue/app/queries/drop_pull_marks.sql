-- Forgets how far a source has been fetched.
DELETE FROM pull_mark WHERE source_id = ?
