-- Adds a letter that is owed; of a touch, one.
INSERT INTO letter (letter_id, kind, language, profile_id, state, made_at, due_at, touch_id, until_at, day)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
