-- Writes where a conversation stands: open (waiting for us) or not.
INSERT INTO conversation_fact (profile_id, known_at, seq, thread_id, kind, is_open, day) VALUES (?, ?, ?, ?, ?, ?, ?)
