-- By the law of which country we write to her: the number of its two letters (AA 1, AB 2 ... ZZ 676), 0 where she told of none and the house's own law counts.
-- What was told before is read again when she is next told of; until then a country that is not plainly France is one of which nothing is known (676).

ALTER TABLE customer_fact ADD COLUMN country BIGINT NOT NULL DEFAULT 0;
UPDATE customer_fact SET country = 676 WHERE profile_id IN (SELECT profile_id FROM person WHERE UPPER(TRIM(country)) NOT IN ('', 'FR', 'FRA', 'FRANCE'));
DROP VIEW customer;
CREATE VIEW customer AS SELECT p.customer_id, f.profile_id, f.known_at, f.seq, f.since_day, f.birthday_mmdd, f.has_email, f.has_sms, f.has_post, f.has_phone,
  f.country, f.control_permille, f.bucket_hash
  FROM profile AS p JOIN customer_fact AS f ON f.profile_id = p.profile_id;
DELETE FROM projection_file;
