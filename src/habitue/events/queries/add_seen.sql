-- Writes that she was there, or that something else told of her, where no such day of those thirty is known yet.
INSERT INTO seen_fact (profile_id, period, is_visit, known_at, seq, day) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
