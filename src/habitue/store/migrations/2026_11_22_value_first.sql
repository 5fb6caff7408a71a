-- An identifier is looked up by its value: where PostgreSQL has counted nothing yet, as in the first minutes of an import, it took the few kinds for the
-- better way in, and walked all values of a kind for each question.

CREATE TABLE identifier_by_value (kind TEXT NOT NULL, value TEXT NOT NULL, profile_id BIGINT NOT NULL, is_shared BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (value, kind, profile_id)) {clustered};
INSERT INTO identifier_by_value (kind, value, profile_id, is_shared) SELECT kind, value, profile_id, is_shared FROM identifier;
DROP TABLE identifier;
ALTER TABLE identifier_by_value RENAME TO identifier;
CREATE INDEX identifier_of_profile ON identifier (profile_id, kind);
