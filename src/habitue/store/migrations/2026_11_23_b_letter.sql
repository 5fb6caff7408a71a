-- Letters that the house owes somebody who asked: the address is read from where it lies when a letter leaves, and is never copied into it.
CREATE TABLE letter (letter_id BIGINT PRIMARY KEY, kind TEXT NOT NULL, language TEXT NOT NULL, profile_id BIGINT NOT NULL, state TEXT NOT NULL,
  made_at BIGINT NOT NULL, due_at BIGINT NOT NULL, attempts BIGINT NOT NULL DEFAULT 0);
CREATE INDEX letter_due ON letter (due_at) WHERE state IN ('waiting', 'sending', 'in_doubt');
CREATE INDEX letter_of_profile ON letter (profile_id);
CREATE TABLE letter_attempt (letter_id BIGINT NOT NULL, attempt BIGINT NOT NULL, begun_at BIGINT NOT NULL, ended_at BIGINT NOT NULL DEFAULT 0,
  outcome TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT '', PRIMARY KEY (letter_id, attempt)) {clustered};
-- What somebody asked for at an address that nobody has proved yet: the address stays until she confirms it or 48 hours are over.
CREATE TABLE door_request (letter_id BIGINT PRIMARY KEY, email TEXT NOT NULL, purposes TEXT NOT NULL, notice_hash TEXT NOT NULL, proof TEXT NOT NULL,
  collected BIGINT NOT NULL,   made_at BIGINT NOT NULL, answered_at BIGINT NOT NULL DEFAULT 0);
CREATE INDEX door_request_made ON door_request (made_at);
CREATE TABLE door_link (secret_hash {blob} PRIMARY KEY, letter_id BIGINT NOT NULL) {clustered};
CREATE INDEX door_link_of_letter ON door_link (letter_id);
-- Who knocked, as keyed hashes that are dropped when their time is over.
CREATE TABLE knock (what {blob} NOT NULL, at BIGINT NOT NULL, number BIGINT NOT NULL, until BIGINT NOT NULL, PRIMARY KEY (what, at, number)) {clustered};
CREATE INDEX knock_until ON knock (until);
-- Since when no letter leaves because too many were asked for at once, until a person lets them go.
CREATE TABLE post_stop (stopped_at BIGINT PRIMARY KEY, released_at BIGINT NOT NULL DEFAULT 0);
