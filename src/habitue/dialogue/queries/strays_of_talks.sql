-- What strangers wrote in these talks.
SELECT stray_id, talk, mail, at, sender, subject, words, number, way, name, language, chat, answered, kind, person FROM stray WHERE sender <> '' AND talk IN (?)
