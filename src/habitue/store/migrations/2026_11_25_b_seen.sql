-- That she was on the site or in the app herself: one day of each thirty at most, the first that we hear of. It outlives what she looked at, which goes after 25 months.
-- `period` is day / 30. Of what was looked at before there were such rows, pages and products are told; when they were known is their latest, so that nothing leaks.

CREATE TABLE seen_fact (profile_id BIGINT NOT NULL, period BIGINT NOT NULL, known_at BIGINT NOT NULL, seq BIGINT NOT NULL, day BIGINT NOT NULL,
  PRIMARY KEY (profile_id, period)) {clustered};
INSERT INTO seen_fact (profile_id, period, known_at, seq, day)
  SELECT e.profile_id, e.at / 2592000, MAX(e.known_at), MAX(e.seq), MIN(e.at) / 86400 FROM event AS e WHERE e.name IN ('Page Viewed', 'Product Viewed')
  GROUP BY e.profile_id, e.at / 2592000;
CREATE VIEW seen AS SELECT p.customer_id, f.known_at, f.seq, f.day
  FROM profile AS p JOIN seen_fact AS f ON f.profile_id = p.profile_id;
DELETE FROM projection_file;
