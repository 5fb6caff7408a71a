-- When an import began (UTC seconds); 0 for those of before, which nobody knows any more.
ALTER TABLE import_run ADD COLUMN begun_at BIGINT NOT NULL DEFAULT 0;
