-- The first shape of the truth. Portable text: {blob} and {clustered} are the only two words that differ by database.
-- Instants are UTC seconds, days are whole local days since 1970-01-01, money is cents, quantities are thousandths.
-- Every row that a judgement reads carries known_at (when we knew it) and seq (in which order we wrote it).

CREATE TABLE counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL) {clustered};
CREATE TABLE source (source_id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE shop (shop_id BIGINT PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, zone TEXT NOT NULL);

-- who
CREATE TABLE profile (profile_id BIGINT PRIMARY KEY, customer_id BIGINT NOT NULL);
CREATE INDEX profile_of_customer ON profile (customer_id, profile_id);
CREATE TABLE identifier (kind TEXT NOT NULL, value TEXT NOT NULL, profile_id BIGINT NOT NULL, PRIMARY KEY (kind, value)) {clustered};
CREATE TABLE person (customer_id BIGINT PRIMARY KEY, title TEXT NOT NULL, given_name TEXT NOT NULL, family_name TEXT NOT NULL,
  email TEXT NOT NULL, phone TEXT NOT NULL, street TEXT NOT NULL, postcode TEXT NOT NULL, city TEXT NOT NULL, country TEXT NOT NULL,
  language TEXT NOT NULL);
CREATE TABLE customer (customer_id BIGINT NOT NULL, known_at BIGINT NOT NULL, seq BIGINT NOT NULL, since_day BIGINT NOT NULL,
  birthday_mmdd BIGINT NOT NULL, has_email BIGINT NOT NULL, has_sms BIGINT NOT NULL, has_post BIGINT NOT NULL, has_phone BIGINT NOT NULL,
  control_permille BIGINT NOT NULL, bucket_hash BIGINT NOT NULL,
  PRIMARY KEY (customer_id, known_at, seq)) {clustered};

-- what happened
CREATE TABLE event (profile_id BIGINT NOT NULL, at BIGINT NOT NULL, seq BIGINT NOT NULL, source_id BIGINT NOT NULL, name TEXT NOT NULL,
  message_id TEXT NOT NULL, known_at BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (profile_id, at, seq)) {clustered};
CREATE TABLE event_key (key {blob} PRIMARY KEY, seq BIGINT NOT NULL, body_hash {blob} NOT NULL) {clustered};
CREATE TABLE event_refused (seq BIGINT PRIMARY KEY, source_id BIGINT NOT NULL, message_id TEXT NOT NULL, known_at BIGINT NOT NULL,
  reason TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE orders (profile_id BIGINT NOT NULL, day BIGINT NOT NULL, order_id BIGINT NOT NULL, seq BIGINT NOT NULL, source_id BIGINT NOT NULL,
  order_key TEXT NOT NULL, sold_at BIGINT NOT NULL, hour BIGINT NOT NULL, weekday BIGINT NOT NULL, place BIGINT NOT NULL, shop_id BIGINT NOT NULL,
  quantity_milli BIGINT NOT NULL, amount_cents BIGINT NOT NULL, known_at BIGINT NOT NULL, PRIMARY KEY (profile_id, day, order_id, seq)) {clustered};
CREATE INDEX order_by_key ON orders (order_id);
CREATE TABLE order_line (profile_id BIGINT NOT NULL, day BIGINT NOT NULL, order_id BIGINT NOT NULL, seq BIGINT NOT NULL, line_no BIGINT NOT NULL,
  product_id BIGINT NOT NULL, quantity_milli BIGINT NOT NULL, amount_cents BIGINT NOT NULL, known_at BIGINT NOT NULL,
  PRIMARY KEY (profile_id, day, order_id, seq, line_no)) {clustered};

-- the catalogue: levels 1 product, 2 type, 3 category, 4 department; product 0 and type 0 are "unknown"
CREATE TABLE item (item_id BIGINT PRIMARY KEY, level BIGINT NOT NULL, key TEXT NOT NULL, parent_id BIGINT NOT NULL, seq BIGINT NOT NULL, UNIQUE (level, key));
CREATE TABLE item_name (item_id BIGINT NOT NULL, language TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (item_id, language)) {clustered};
CREATE TABLE product (product_id BIGINT PRIMARY KEY, type_id BIGINT NOT NULL, category_id BIGINT NOT NULL, department_id BIGINT NOT NULL);
CREATE TABLE stock (item_id BIGINT NOT NULL, known_at BIGINT NOT NULL, seq BIGINT NOT NULL, units BIGINT NOT NULL, PRIMARY KEY (item_id, known_at, seq)) {clustered};

-- what she allows, says and waits for
CREATE TABLE consent (customer_id BIGINT NOT NULL, known_at BIGINT NOT NULL, seq BIGINT NOT NULL, purpose BIGINT NOT NULL, channel BIGINT NOT NULL,
  is_granted BIGINT NOT NULL, PRIMARY KEY (customer_id, known_at, seq)) {clustered};
CREATE TABLE preference (customer_id BIGINT NOT NULL, known_at BIGINT NOT NULL, seq BIGINT NOT NULL, item_id BIGINT NOT NULL, feeling BIGINT NOT NULL,
  said_day BIGINT NOT NULL, said_where TEXT NOT NULL, PRIMARY KEY (customer_id, known_at, seq)) {clustered};
CREATE TABLE pause (customer_id BIGINT NOT NULL, known_at BIGINT NOT NULL, seq BIGINT NOT NULL, until_day BIGINT NOT NULL,
  PRIMARY KEY (customer_id, known_at, seq)) {clustered};
CREATE TABLE conversation (customer_id BIGINT NOT NULL, known_at BIGINT NOT NULL, seq BIGINT NOT NULL, thread_id BIGINT NOT NULL, kind BIGINT NOT NULL,
  is_open BIGINT NOT NULL, day BIGINT NOT NULL, PRIMARY KEY (customer_id, known_at, seq)) {clustered};

-- what we said, and what came back
CREATE TABLE action_key (action_id BIGINT PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE touch (customer_id BIGINT NOT NULL, known_at BIGINT NOT NULL, seq BIGINT NOT NULL, touch_id BIGINT NOT NULL, action_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL, kind BIGINT NOT NULL, channel BIGINT NOT NULL, day BIGINT NOT NULL, is_asking BIGINT NOT NULL,
  PRIMARY KEY (customer_id, known_at, seq)) {clustered};
CREATE UNIQUE INDEX touch_by_id ON touch (touch_id);
CREATE TABLE answer (customer_id BIGINT NOT NULL, known_at BIGINT NOT NULL, seq BIGINT NOT NULL, touch_id BIGINT NOT NULL, day BIGINT NOT NULL,
  PRIMARY KEY (customer_id, known_at, seq)) {clustered};
CREATE TABLE token (customer_id BIGINT NOT NULL, span_days BIGINT NOT NULL, slot BIGINT NOT NULL, free_at BIGINT NOT NULL,
  PRIMARY KEY (customer_id, span_days, slot)) {clustered};

-- what we judged
CREATE TABLE book (book_id BIGINT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, actions TEXT NOT NULL, known_at BIGINT NOT NULL);
CREATE TABLE plan (day BIGINT PRIMARY KEY, as_of BIGINT NOT NULL, book_id BIGINT NOT NULL, lesson_id BIGINT NOT NULL,
  is_done BIGINT NOT NULL);
CREATE TABLE plan_bucket (day BIGINT NOT NULL, bucket BIGINT NOT NULL, PRIMARY KEY (day, bucket)) {clustered};
CREATE TABLE silence_count (day BIGINT NOT NULL, reason BIGINT NOT NULL, customers BIGINT NOT NULL, PRIMARY KEY (day, reason)) {clustered};
CREATE TABLE decision (customer_id BIGINT NOT NULL, day BIGINT NOT NULL, reason BIGINT NOT NULL, action_id BIGINT NOT NULL, item_id BIGINT NOT NULL,
  because_item_id BIGINT NOT NULL, kind BIGINT NOT NULL, channel BIGINT NOT NULL, value_millicents BIGINT NOT NULL, propensity_permille BIGINT NOT NULL, allowed BIGINT NOT NULL, terms TEXT NOT NULL,
  reasons {blob} NOT NULL, PRIMARY KEY (customer_id, day)) {clustered};
CREATE INDEX decision_by_day ON decision (day, reason);

-- what was learned from everyone, by moment of learning
CREATE TABLE lesson (lesson_id BIGINT PRIMARY KEY, as_of BIGINT NOT NULL UNIQUE, note TEXT NOT NULL);
CREATE TABLE chance (lesson_id BIGINT NOT NULL, cell BIGINT NOT NULL, permille BIGINT NOT NULL, PRIMARY KEY (lesson_id, cell)) {clustered};
CREATE TABLE item_rhythm (lesson_id BIGINT NOT NULL, item_id BIGINT NOT NULL, gap_days BIGINT NOT NULL, buyers BIGINT NOT NULL,
  price_cents BIGINT NOT NULL, pull BIGINT NOT NULL, PRIMARY KEY (lesson_id, item_id)) {clustered};

-- the projection's manifest, and what imports set aside
CREATE TABLE projection_file (relation TEXT NOT NULL, bucket BIGINT NOT NULL, file TEXT NOT NULL, line_count BIGINT NOT NULL,
  from_seq BIGINT NOT NULL, to_seq BIGINT NOT NULL, PRIMARY KEY (relation, bucket, file)) {clustered};
CREATE TABLE import_run (run_id BIGINT PRIMARY KEY, source_id BIGINT NOT NULL, kind TEXT NOT NULL, file TEXT NOT NULL, file_hash TEXT NOT NULL,
  accepted BIGINT NOT NULL, repeated BIGINT NOT NULL, rejected BIGINT NOT NULL, is_done BIGINT NOT NULL, next_line BIGINT NOT NULL);
CREATE TABLE import_reject (run_id BIGINT NOT NULL, line BIGINT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (run_id, line)) {clustered};

-- the relations that judgement reads are keyed by customer, whatever profile the fact came by
CREATE INDEX touch_by_action ON touch (action_id, known_at);
CREATE VIEW spent AS SELECT action_id, known_at, day, 1 AS touches FROM touch;
CREATE VIEW line AS SELECT p.customer_id, l.day, l.order_id, l.product_id, l.quantity_milli, l.amount_cents, l.known_at, l.seq
  FROM profile AS p JOIN order_line AS l ON l.profile_id = p.profile_id;
CREATE VIEW basket AS SELECT p.customer_id, o.day, o.hour, o.weekday, o.order_id, o.place, o.quantity_milli, o.amount_cents, o.known_at, o.seq
  FROM profile AS p JOIN orders AS o ON o.profile_id = p.profile_id;
INSERT INTO counter (name, value) VALUES ('seq', 0);
INSERT INTO item (item_id, level, key, parent_id, seq) VALUES (0, 0, 'unknown', 0, 0);
INSERT INTO product (product_id, type_id, category_id, department_id) VALUES (0, 0, 0, 0);
