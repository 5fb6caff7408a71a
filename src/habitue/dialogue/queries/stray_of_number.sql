-- A stranger's answer by its number, while nobody said whose it is.
SELECT stray_id, mail, at, sender, subject, words, number, way, name, language, answer, answered_by, letter_id FROM stray WHERE stray_id = ? AND sender <> ''
