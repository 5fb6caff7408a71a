-- Writes that a statement no longer stands.
INSERT INTO withdrawal_fact (profile_id, known_at, seq, statement_seq) VALUES (?, ?, ?, ?)
