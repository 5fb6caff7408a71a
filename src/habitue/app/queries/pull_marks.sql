-- How far a source has been fetched, by kind of object.
SELECT what, since_at, begun_at, next_page FROM pull_mark WHERE source_id = ?
