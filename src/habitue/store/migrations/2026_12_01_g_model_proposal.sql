-- What a model suggested that a message of hers says: it waits for a person, and her words alone would not tell it again.
CREATE TABLE model_proposal (seq BIGINT NOT NULL, proposal BIGINT NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL, quote TEXT NOT NULL, at BIGINT NOT NULL,
  who TEXT NOT NULL, PRIMARY KEY (seq, proposal)) {clustered};
