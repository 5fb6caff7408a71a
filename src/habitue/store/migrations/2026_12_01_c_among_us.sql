-- Who of the shop has a conversation in hand, and what the shop noted beside it for itself; the conversation by its thread.
CREATE TABLE talk_given (profile_id BIGINT NOT NULL, thread_id BIGINT NOT NULL, person TEXT NOT NULL, at BIGINT NOT NULL, who TEXT NOT NULL,
  PRIMARY KEY (profile_id, thread_id)) {clustered};
CREATE TABLE talk_note (profile_id BIGINT NOT NULL, note_id BIGINT NOT NULL, thread_id BIGINT NOT NULL, at BIGINT NOT NULL, who TEXT NOT NULL,
  words TEXT NOT NULL, PRIMARY KEY (profile_id, note_id)) {clustered};
