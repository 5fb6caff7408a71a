-- Answers that nobody here is known to have written, until a person says whose each is, or that it is nobody's. From then on only that this mail was looked at,
-- by whom, and as which event it is in a conversation (0: none); the mail by its keyed number.
CREATE TABLE stray (stray_id BIGINT PRIMARY KEY, mail TEXT NOT NULL UNIQUE, at BIGINT NOT NULL, sender TEXT NOT NULL, subject TEXT NOT NULL,
  words TEXT NOT NULL, number TEXT NOT NULL, who TEXT NOT NULL DEFAULT '', seq BIGINT NOT NULL DEFAULT 0);
