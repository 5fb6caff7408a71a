-- What was handed along with what somebody wrote to us: with the event of her words, or with a stranger's answer until a person says whose that is.
CREATE TABLE attachment (attachment_id BIGINT PRIMARY KEY, seq BIGINT NOT NULL, stray_id BIGINT NOT NULL, at BIGINT NOT NULL, name TEXT NOT NULL,
  kind TEXT NOT NULL, size_bytes BIGINT NOT NULL, content {blob} NOT NULL);
CREATE INDEX attachment_of ON attachment (seq);
CREATE INDEX attachment_of_stray ON attachment (stray_id);
