-- What strangers wrote before a number, the newest first.
SELECT stray_id, talk, at, 1, subject, words FROM stray WHERE stray_id < ? AND sender <> '' ORDER BY stray_id DESC LIMIT ?
