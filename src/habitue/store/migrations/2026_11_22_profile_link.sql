-- Which profiles are one customer: a link for every time that somebody, or a person of the shop, said so. A link that ends stays, with its end.
-- `kind` is `device` (she said who she is on it), `person` (two customers turned out to be one) or `household` (two people who live together, never one).

CREATE TABLE link (seq BIGINT PRIMARY KEY, one_profile_id BIGINT NOT NULL, other_profile_id BIGINT NOT NULL, kind TEXT NOT NULL, known_at BIGINT NOT NULL,
  reason TEXT NOT NULL, ended_seq BIGINT NOT NULL DEFAULT 0, ended_at BIGINT NOT NULL DEFAULT 0);
CREATE INDEX link_of_one ON link (one_profile_id);
CREATE INDEX link_of_other ON link (other_profile_id);
INSERT INTO link (seq, one_profile_id, other_profile_id, kind, known_at, reason) SELECT seq, profile_id, to_customer_id, 'device', known_at, reason FROM profile_move;
DROP TABLE profile_move;

-- whom somebody should look at: two customers who may be one. `answer` is empty, or what a person said: `same`, `household`, `apart`
CREATE TABLE proposal (one_profile_id BIGINT NOT NULL, other_profile_id BIGINT NOT NULL, reason TEXT NOT NULL, chance_permille BIGINT NOT NULL,
  evidence TEXT NOT NULL, found_at BIGINT NOT NULL, answer TEXT NOT NULL, answered_at BIGINT NOT NULL,
  PRIMARY KEY (one_profile_id, other_profile_id, reason)) {clustered};
CREATE INDEX proposal_open ON proposal (answer, found_at);

-- customers whose rows in the projection are no longer true, until it is refreshed
CREATE TABLE customer_changed (customer_id BIGINT PRIMARY KEY, bucket_hash BIGINT NOT NULL, seq BIGINT NOT NULL) {clustered};
