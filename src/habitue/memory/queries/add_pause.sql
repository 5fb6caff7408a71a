-- Writes until when she wants to be left in peace.
INSERT INTO pause_fact (profile_id, known_at, seq, until_day) VALUES (?, ?, ?, ?)
