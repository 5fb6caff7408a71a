-- That something told of her, her being on the site or in the app (`is_visit`) or anything else: one day of each thirty at most, the first that we hear of. It
-- outlives what told it, which goes after 25 months. Only a visit counts for what may be written to her; either for how long she is kept.
-- `period` is day / 30. Of what was told before there were such rows, pages and products are visits; when they were known is their latest, so that nothing leaks.
-- Of all else nobody knows any more who told it, so it counts for how long she is kept.

CREATE TABLE seen_fact (profile_id BIGINT NOT NULL, period BIGINT NOT NULL, is_visit BIGINT NOT NULL, known_at BIGINT NOT NULL, seq BIGINT NOT NULL,
  day BIGINT NOT NULL, PRIMARY KEY (profile_id, period, is_visit)) {clustered};
INSERT INTO seen_fact (profile_id, period, is_visit, known_at, seq, day)
  SELECT e.profile_id, e.at / 2592000, CASE e.name WHEN 'Tracked' THEN 0 ELSE 1 END, MAX(e.known_at), MAX(e.seq), MIN(e.at) / 86400 FROM event AS e
  WHERE e.name IN ('Page Viewed', 'Product Viewed', 'Tracked')
  GROUP BY e.profile_id, e.at / 2592000, CASE e.name WHEN 'Tracked' THEN 0 ELSE 1 END;
CREATE VIEW seen AS SELECT p.customer_id, f.known_at, f.seq, f.day
  FROM profile AS p JOIN seen_fact AS f ON f.profile_id = p.profile_id WHERE f.is_visit = 1;
DELETE FROM projection_file;
