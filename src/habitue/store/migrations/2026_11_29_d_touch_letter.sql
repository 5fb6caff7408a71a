-- A letter may be a word that judgement decided on: of which touch it is the letter, planned on which day, and until when it may leave.

ALTER TABLE letter ADD COLUMN touch_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE letter ADD COLUMN until_at BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX letter_of_touch ON letter (touch_id) WHERE touch_id <> 0;
ALTER TABLE letter ADD COLUMN day BIGINT NOT NULL DEFAULT 0;
CREATE INDEX letter_of_day ON letter (day) WHERE day <> 0;
-- The days whose words were put into the post, each once.
CREATE TABLE post_day (day BIGINT PRIMARY KEY, at BIGINT NOT NULL, letters BIGINT NOT NULL);
