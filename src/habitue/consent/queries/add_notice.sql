-- Keeps a wording for good.
INSERT INTO notice (hash, purpose, language, version, title, body, known_at) VALUES (?, ?, ?, ?, ?, ?, ?)
