-- Writes that she likes or dislikes a thing, as she said it.
INSERT INTO preference_fact (profile_id, known_at, seq, item_id, feeling, said_day, said_where) VALUES (?, ?, ?, ?, ?, ?, ?)
