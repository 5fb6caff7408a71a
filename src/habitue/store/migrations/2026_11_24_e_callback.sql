-- Where another system wants to be told when the status of a request that it passed on changes: which one it knows, how often it was tried in vain, and from when
-- on (UTC seconds) it is tried next. A row goes once the case is over and that was told, or given up.
CREATE TABLE case_callback (case_id BIGINT NOT NULL, url TEXT NOT NULL, told TEXT NOT NULL, attempts BIGINT NOT NULL, due_at BIGINT NOT NULL,
  PRIMARY KEY (case_id, url)) {clustered};
