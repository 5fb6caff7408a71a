-- Who told an identifier: 1 a file, a server or she herself by a letter's button; 0 a browser alone, whose key stands in a page for everybody to read.
ALTER TABLE identifier ADD COLUMN is_vouched BIGINT NOT NULL DEFAULT 1;
