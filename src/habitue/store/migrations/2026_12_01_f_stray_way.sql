-- What a stranger wrote in the contact form stands beside the mails of strangers: by which way it came, her name as she wrote it, her language; and what of ours
-- answered it, by whom, in which letter (0: none yet).
ALTER TABLE stray ADD COLUMN way BIGINT NOT NULL DEFAULT 1;
ALTER TABLE stray ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE stray ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE stray ADD COLUMN answer TEXT NOT NULL DEFAULT '';
ALTER TABLE stray ADD COLUMN answered_by TEXT NOT NULL DEFAULT '';
ALTER TABLE stray ADD COLUMN letter_id BIGINT NOT NULL DEFAULT 0;
