-- An address, a number or a card that several profiles told is kept with each of them: it names somebody only while all of them are one customer.
-- `is_shared` is 1 where a device turned out to be used by several people, or where a person of the shop said so of anything.

CREATE TABLE identifier_told (kind TEXT NOT NULL, value TEXT NOT NULL, profile_id BIGINT NOT NULL, is_shared BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, value, profile_id)) {clustered};
INSERT INTO identifier_told (kind, value, profile_id, is_shared) SELECT kind, value, profile_id, is_shared FROM identifier;
DROP TABLE identifier;
ALTER TABLE identifier_told RENAME TO identifier;
CREATE INDEX identifier_of_profile ON identifier (profile_id, kind);
