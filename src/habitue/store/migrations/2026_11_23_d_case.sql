-- What she asks of us by law, and what was done about it: a case is opened once, and everything done in it is a row more. `profile_id` is 0 where it is nobody's
-- whom we know (any more); `source` and `outside_id` name a request that another system passed on.

CREATE TABLE law_case (case_id BIGINT PRIMARY KEY, profile_id BIGINT NOT NULL, asked BIGINT NOT NULL, door BIGINT NOT NULL, received_day BIGINT NOT NULL,
  source TEXT NOT NULL, outside_id TEXT NOT NULL);
CREATE INDEX law_case_of_profile ON law_case (profile_id);
CREATE UNIQUE INDEX law_case_from_outside ON law_case (source, outside_id) WHERE outside_id <> '';
CREATE TABLE case_step (case_id BIGINT NOT NULL, step_no BIGINT NOT NULL, at BIGINT NOT NULL, did BIGINT NOT NULL, who TEXT NOT NULL, known BIGINT NOT NULL,
  words TEXT NOT NULL, until_day BIGINT NOT NULL, PRIMARY KEY (case_id, step_no)) {clustered};
