-- Who is not to be written to, whoever she is taken for: a keyed hash of each address or number that was left, by purpose and channel. It names nobody.
-- Rows are only ever added; `is_lifted` 1 is her own later yes. `number` is the write number of the word that says so: of two in one second, the later.
CREATE TABLE suppression (address_hash {blob} NOT NULL, purpose BIGINT NOT NULL, channel BIGINT NOT NULL, at BIGINT NOT NULL, number BIGINT NOT NULL,
  is_lifted BIGINT NOT NULL, PRIMARY KEY (address_hash, purpose, channel, at, number, is_lifted)) {clustered};

-- What became of a planned touch, step by step: 1 claimed, 2 withdrawn with the reason that stopped it. A touch takes each step once.
CREATE TABLE touch_step (touch_id BIGINT NOT NULL, step BIGINT NOT NULL, profile_id BIGINT NOT NULL, at BIGINT NOT NULL, seq BIGINT NOT NULL,
  reason BIGINT NOT NULL, PRIMARY KEY (touch_id, step)) {clustered};
CREATE INDEX touch_step_of_profile ON touch_step (profile_id);
