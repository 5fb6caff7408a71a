-- How far a web shop has been fetched: by kind of object, everything changed before `since_at` (by the shop's clock) is here. While a sweep is under way,
-- `begun_at` is when it began and `next_page` where it goes on; both change only together with what a page brought. `since_at` 0: never fetched to the end.

CREATE TABLE pull_mark (source_id BIGINT NOT NULL, what TEXT NOT NULL, since_at BIGINT NOT NULL, begun_at BIGINT NOT NULL, next_page TEXT NOT NULL,
  PRIMARY KEY (source_id, what)) {clustered};
-- the newest state of each object of a shop that was understood, so that an older one, told late, overwrites nothing
CREATE TABLE shop_state (state_id BIGINT PRIMARY KEY, updated_at BIGINT NOT NULL, body_hash {blob} NOT NULL) {clustered};
