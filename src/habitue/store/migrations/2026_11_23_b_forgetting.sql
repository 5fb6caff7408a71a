-- Forgetting somebody: what keeps her from coming back (hashes by the house's key, which is not in here), what the law asks to be kept of her word, and the
-- counts that stay right without her. Nothing here names anybody.

-- of each identifier, order and touch of somebody who was forgotten: its keyed hash, and when (UTC seconds)
CREATE TABLE tombstone (hash {blob} PRIMARY KEY, erased_at BIGINT NOT NULL) {clustered};
-- each erasure: its certificate, and the numbers of the profiles of which files are still to be rewritten (empty: done)
CREATE TABLE forgetting (number TEXT PRIMARY KEY, erased_at BIGINT NOT NULL, what TEXT NOT NULL, is_left TEXT NOT NULL) {clustered};
-- that somebody with this identifier said yes or no to a purpose by a channel, on a day
CREATE TABLE sealed_leave (hash {blob} NOT NULL, purpose BIGINT NOT NULL, channel BIGINT NOT NULL, day BIGINT NOT NULL, is_granted BIGINT NOT NULL,
  PRIMARY KEY (hash, purpose, channel, day, is_granted)) {clustered};
-- what came in again of somebody who was forgotten, and was let go: by day and way
CREATE TABLE forgotten_refused (day BIGINT NOT NULL, way TEXT NOT NULL, messages BIGINT NOT NULL, PRIMARY KEY (day, way)) {clustered};

CREATE TABLE forgotten_decision (day BIGINT NOT NULL, reason BIGINT NOT NULL, kind BIGINT NOT NULL, customers BIGINT NOT NULL,
  PRIMARY KEY (day, reason, kind)) {clustered};
CREATE TABLE forgotten_sale (day BIGINT NOT NULL, product_id BIGINT NOT NULL, quantity_milli BIGINT NOT NULL, amount_cents BIGINT NOT NULL,
  PRIMARY KEY (day, product_id)) {clustered};
-- whose a message was that the log refused; 0 for those of before
ALTER TABLE event_refused ADD COLUMN profile_id BIGINT NOT NULL DEFAULT 0;
