-- Writes down which letter asks after a conversation whether we answered well.
INSERT INTO satisfaction (letter_id, profile_id, thread_id, seq, asked_at, answered_at, verdict, said) VALUES (?, ?, ?, ?, ?, 0, '', 0)
