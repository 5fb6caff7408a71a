-- That the shop's people were told that a stranger waits, as `reminder` says it of a customer: by the number of the message with which the wait began.
CREATE TABLE stray_reminder (stray_id BIGINT NOT NULL, step TEXT NOT NULL, letter_id BIGINT NOT NULL, PRIMARY KEY (stray_id, step)) {clustered};
CREATE INDEX stray_reminder_of_letter ON stray_reminder (letter_id);
