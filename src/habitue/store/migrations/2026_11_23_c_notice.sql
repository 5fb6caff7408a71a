-- What she was shown when she was asked: every wording that was ever in use, by the hash of exactly what she read. None is ever changed.
CREATE TABLE notice (hash TEXT PRIMARY KEY, purpose BIGINT NOT NULL, language TEXT NOT NULL, version BIGINT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
  known_at BIGINT NOT NULL) {clustered};
