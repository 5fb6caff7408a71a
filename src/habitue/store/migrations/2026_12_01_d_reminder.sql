-- Which waits the shop's own people were told of, at which step and by which letter: each once. A wait is known by the message with which it began.
CREATE TABLE reminder (seq BIGINT NOT NULL, step TEXT NOT NULL, letter_id BIGINT NOT NULL, PRIMARY KEY (seq, step)) {clustered};
CREATE INDEX reminder_of_letter ON reminder (letter_id);
