-- What each message of a stranger is about, as `conversation.kind` says it of a customer's: it was read when it came (1: a question, 2: a complaint).
ALTER TABLE stray ADD COLUMN kind BIGINT NOT NULL DEFAULT 1;
