-- Adds a letter that is owed.
INSERT INTO letter (letter_id, kind, language, profile_id, state, made_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?)
