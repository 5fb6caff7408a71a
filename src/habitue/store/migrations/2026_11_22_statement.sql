-- What she says may be about a thing, about what things are like, about a way to reach her or about an hour; it says who told it, how strongly, and until when.
-- A statement is known by its write number and never changed; taking it back is a fact of its own. Her own words stand in the event alone.
-- A line says whether it was bought for somebody else, and on which local day it came back (0: it is no return).
-- The projection has columns more: with no mark in its manifest it is made anew at the next refresh.

ALTER TABLE preference_fact ADD COLUMN subject BIGINT NOT NULL DEFAULT 1;
ALTER TABLE preference_fact ADD COLUMN strength BIGINT NOT NULL DEFAULT 2;
ALTER TABLE preference_fact ADD COLUMN told BIGINT NOT NULL DEFAULT 1;
ALTER TABLE preference_fact ADD COLUMN said_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE preference_fact ADD COLUMN until_day BIGINT NOT NULL DEFAULT 0;
ALTER TABLE preference_fact ADD COLUMN from_hour BIGINT NOT NULL DEFAULT 0;
ALTER TABLE preference_fact ADD COLUMN until_hour BIGINT NOT NULL DEFAULT 0;
ALTER TABLE preference_fact ADD COLUMN from_weekday BIGINT NOT NULL DEFAULT 0;
ALTER TABLE preference_fact ADD COLUMN until_weekday BIGINT NOT NULL DEFAULT 0;
ALTER TABLE preference_fact ADD COLUMN is_health BIGINT NOT NULL DEFAULT 0;
UPDATE preference_fact SET said_at = known_at;
CREATE INDEX preference_by_seq ON preference_fact (seq);
CREATE TABLE withdrawal_fact (profile_id BIGINT NOT NULL, known_at BIGINT NOT NULL, seq BIGINT NOT NULL, statement_seq BIGINT NOT NULL,
  PRIMARY KEY (profile_id, known_at, seq)) {clustered};
DROP VIEW preference;
CREATE VIEW preference AS SELECT p.customer_id, f.known_at, f.seq, f.subject, f.item_id, f.feeling, f.strength, f.told, f.said_at, f.said_day, f.until_day,
  f.from_hour, f.until_hour, f.from_weekday, f.until_weekday, f.is_health, f.said_where
  FROM profile AS p JOIN preference_fact AS f ON f.profile_id = p.profile_id;
CREATE VIEW withdrawal AS SELECT p.customer_id, f.known_at, f.seq, f.statement_seq
  FROM profile AS p JOIN withdrawal_fact AS f ON f.profile_id = p.profile_id;

-- what products are like (organic, without sugar), and the types all of whose products are like that
CREATE TABLE attribute (attribute_id BIGINT PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE product_attribute (product_id BIGINT NOT NULL, attribute_id BIGINT NOT NULL, PRIMARY KEY (product_id, attribute_id)) {clustered};
CREATE TABLE thing_attribute (item_id BIGINT NOT NULL, attribute_id BIGINT NOT NULL, PRIMARY KEY (item_id, attribute_id)) {clustered};
CREATE INDEX product_of_type ON product (type_id, product_id);

ALTER TABLE order_line ADD COLUMN is_gift BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_line ADD COLUMN returned_day BIGINT NOT NULL DEFAULT 0;
DROP VIEW line;
CREATE VIEW line AS SELECT p.customer_id, l.day, l.order_id, l.type_id, l.product_id, l.quantity_milli, l.amount_cents, l.is_gift, l.returned_day,
  l.known_at, l.seq
  FROM profile AS p JOIN order_line AS l ON l.profile_id = p.profile_id;
DELETE FROM projection_file;
