-- Messages of one chat on the brand's site: the hash of the secret by which the browser that wrote them reads what we answer.
ALTER TABLE stray ADD COLUMN chat TEXT NOT NULL DEFAULT '';
CREATE INDEX stray_of_chat ON stray (chat, stray_id);
