-- Which letter asked after a conversation whether we had answered well, when, and what she said (empty: nothing yet), with which message of hers (0: none).
-- `seq` is the last message of the conversation by then.
CREATE TABLE satisfaction (letter_id BIGINT PRIMARY KEY, profile_id BIGINT NOT NULL, thread_id BIGINT NOT NULL, seq BIGINT NOT NULL, asked_at BIGINT NOT NULL,
  answered_at BIGINT NOT NULL, verdict TEXT NOT NULL, said BIGINT NOT NULL);
CREATE INDEX satisfaction_of ON satisfaction (profile_id);
