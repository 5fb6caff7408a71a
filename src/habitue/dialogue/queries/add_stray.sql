-- Keeps an answer of a stranger's.
INSERT INTO stray (stray_id, mail, at, sender, subject, words, number, way, name, language, chat) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
