-- Keeps a note of the shop's beside a conversation.
INSERT INTO talk_note (profile_id, note_id, thread_id, at, who, words) VALUES (?, ?, ?, ?, ?, ?)
