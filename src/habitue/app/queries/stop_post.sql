-- Stops the letters of a kind until a person has looked.
INSERT INTO letter_stop (kind, stopped_at) VALUES (?, ?) ON CONFLICT (kind, stopped_at) DO UPDATE SET released_at = 0
