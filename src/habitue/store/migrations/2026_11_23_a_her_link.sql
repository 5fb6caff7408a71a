-- The links that lead a customer to what is hers: of each secret only its hash is kept.
CREATE TABLE her_link (secret_hash {blob} PRIMARY KEY, profile_id BIGINT NOT NULL, kind TEXT NOT NULL, made_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL DEFAULT 0) {clustered};
CREATE INDEX her_link_of_profile ON her_link (profile_id);
