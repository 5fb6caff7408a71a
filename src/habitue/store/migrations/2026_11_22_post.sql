-- What sources tell over HTTP: first as it came, durable before it is acknowledged; then sorted into events, or set aside as a dead letter.
-- `words` is the kind of message that the address named, empty for a batch; `is_quiet` 1 where the visitor's browser asked not to be followed.

CREATE TABLE write_key (key TEXT PRIMARY KEY, source_id BIGINT NOT NULL, ids TEXT NOT NULL, is_server BIGINT NOT NULL, made_at BIGINT NOT NULL) {clustered};
CREATE TABLE arrival (arrival_id BIGINT PRIMARY KEY, key TEXT NOT NULL, received_at BIGINT NOT NULL, words TEXT NOT NULL, is_quiet BIGINT NOT NULL,
  body {blob} NOT NULL);
CREATE TABLE dead_letter (letter_id BIGINT PRIMARY KEY, key TEXT NOT NULL, received_at BIGINT NOT NULL, words TEXT NOT NULL, is_quiet BIGINT NOT NULL,
  reason TEXT NOT NULL, body {blob} NOT NULL);

-- a visitor's device, a mailbox or a card that several people use: what comes by it alone is nobody's
ALTER TABLE identifier ADD COLUMN is_shared BIGINT NOT NULL DEFAULT 0;
-- which customer number a link claimed for a device, without anybody having said so
CREATE TABLE link_claim (device TEXT NOT NULL, customer_key TEXT NOT NULL, PRIMARY KEY (device, customer_key)) {clustered};
-- every time a profile went from one customer to another, so that it can be taken back
CREATE TABLE profile_move (seq BIGINT PRIMARY KEY, profile_id BIGINT NOT NULL, from_customer_id BIGINT NOT NULL, to_customer_id BIGINT NOT NULL,
  known_at BIGINT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX event_by_seq ON event (seq);
CREATE INDEX identifier_of_profile ON identifier (profile_id, kind);
