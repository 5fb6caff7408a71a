-- Answers to what customers write: by which letter one leaves, and what became of each thing that their words propose to remember.
CREATE TABLE answer_letter (letter_id BIGINT PRIMARY KEY, seq BIGINT NOT NULL);
CREATE INDEX answer_letter_of ON answer_letter (seq);
CREATE TABLE proposal_settled (seq BIGINT NOT NULL, proposal BIGINT NOT NULL, is_kept BIGINT NOT NULL, at BIGINT NOT NULL, who TEXT NOT NULL,
  PRIMARY KEY (seq, proposal)) {clustered};
