-- Who of the shop has a stranger's conversation in hand, on each message of it; and what the shop noted beside one of them for itself.
ALTER TABLE stray ADD COLUMN person TEXT NOT NULL DEFAULT '';
CREATE TABLE stray_note (note_id BIGINT NOT NULL PRIMARY KEY, stray_id BIGINT NOT NULL, at BIGINT NOT NULL, who TEXT NOT NULL, words TEXT NOT NULL);
CREATE INDEX stray_note_of_stray ON stray_note (stray_id);
