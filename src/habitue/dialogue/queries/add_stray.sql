-- Keeps what a stranger wrote.
INSERT INTO stray (stray_id, mail, at, sender, subject, words, number, way, name, language, chat, talk, kind, answered, person)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
