-- The answers of strangers that nobody looked at yet, who waits longest first.
SELECT stray_id, mail, at, sender, subject, words, number FROM stray WHERE sender <> '' ORDER BY at, stray_id LIMIT ?
