-- Writes down who of the shop has a conversation in hand from now on.
INSERT INTO talk_given (profile_id, thread_id, person, at, who) VALUES (?, ?, ?, ?, ?)
