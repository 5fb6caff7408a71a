-- The answers of strangers that nobody looked at yet, who waits longest first.
SELECT stray_id, mail, at, sender, subject, words, number, way, name, language, answer, answered_by, letter_id FROM stray WHERE sender <> '' AND letter_id = 0
ORDER BY at, stray_id LIMIT ?
