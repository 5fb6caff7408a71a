-- Writes that she was there, where no day of those thirty is known yet.
INSERT INTO seen_fact (profile_id, period, known_at, seq, day) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
