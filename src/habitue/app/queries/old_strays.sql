-- The answers of strangers from before an instant.
SELECT stray_id, at FROM stray WHERE at < ?
