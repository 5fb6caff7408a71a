-- What she allows, says, waits for and is told belongs to a profile for good, as her events and orders do; the customer is read through it.
-- So a merge moves no fact, and taking it apart restores both customers. A customer bears the number of her first profile.
-- `joined_at` says since when her profiles are taken for one customer, 0 where they never were.

ALTER TABLE profile ADD COLUMN joined_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE person RENAME COLUMN customer_id TO profile_id;
ALTER TABLE customer RENAME COLUMN customer_id TO profile_id;
ALTER TABLE customer RENAME TO customer_fact;
ALTER TABLE consent RENAME COLUMN customer_id TO profile_id;
ALTER TABLE consent RENAME TO consent_fact;
ALTER TABLE preference RENAME COLUMN customer_id TO profile_id;
ALTER TABLE preference RENAME TO preference_fact;
ALTER TABLE pause RENAME COLUMN customer_id TO profile_id;
ALTER TABLE pause RENAME TO pause_fact;
ALTER TABLE conversation RENAME COLUMN customer_id TO profile_id;
ALTER TABLE conversation RENAME TO conversation_fact;
DROP VIEW spent;
ALTER TABLE touch RENAME COLUMN customer_id TO profile_id;
ALTER TABLE touch RENAME TO touch_fact;
ALTER TABLE answer RENAME COLUMN customer_id TO profile_id;
ALTER TABLE answer RENAME TO answer_fact;

CREATE VIEW customer AS SELECT p.customer_id, f.profile_id, f.known_at, f.seq, f.since_day, f.birthday_mmdd, f.has_email, f.has_sms, f.has_post, f.has_phone,
  f.control_permille, f.bucket_hash
  FROM profile AS p JOIN customer_fact AS f ON f.profile_id = p.profile_id;
CREATE VIEW consent AS SELECT p.customer_id, f.profile_id, p.joined_at, f.known_at, f.seq, f.purpose, f.channel, f.is_granted
  FROM profile AS p JOIN consent_fact AS f ON f.profile_id = p.profile_id;
CREATE VIEW preference AS SELECT p.customer_id, f.known_at, f.seq, f.item_id, f.feeling, f.said_day, f.said_where
  FROM profile AS p JOIN preference_fact AS f ON f.profile_id = p.profile_id;
CREATE VIEW pause AS SELECT p.customer_id, f.profile_id, f.known_at, f.seq, f.until_day
  FROM profile AS p JOIN pause_fact AS f ON f.profile_id = p.profile_id;
CREATE VIEW conversation AS SELECT p.customer_id, f.known_at, f.seq, f.thread_id, f.kind, f.is_open, f.day
  FROM profile AS p JOIN conversation_fact AS f ON f.profile_id = p.profile_id;
CREATE VIEW touch AS SELECT p.customer_id, f.profile_id, f.known_at, f.seq, f.touch_id, f.action_id, f.item_id, f.kind, f.channel, f.day, f.is_asking
  FROM profile AS p JOIN touch_fact AS f ON f.profile_id = p.profile_id;
CREATE VIEW answer AS SELECT p.customer_id, f.known_at, f.seq, f.touch_id, f.day
  FROM profile AS p JOIN answer_fact AS f ON f.profile_id = p.profile_id;
CREATE VIEW spent AS SELECT action_id, known_at, day, 1 AS touches FROM touch_fact;
DELETE FROM projection_file;
