-- What a letter of ours to a stranger answers, while nobody said whose it is.
SELECT stray_id, mail, at, sender, subject, words, number, way, name, language, answer, answered_by, letter_id FROM stray WHERE letter_id = ? AND letter_id > 0 AND sender <> ''
