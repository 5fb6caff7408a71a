-- Who of the shop looked at whom: a row for the first look of an hour by somebody, by a door, at one thing of a customer. `profile_id` 0 stands for everybody at once.

CREATE TABLE look (profile_id BIGINT NOT NULL, hour_at BIGINT NOT NULL, who TEXT NOT NULL, door TEXT NOT NULL, what TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (profile_id, hour_at, who, door, what)) {clustered};
