-- What strangers write reads as one conversation: by `talk`, the chat that they wrote in, else the address that they wrote from. `answered` is the number of our
-- answer to it, 0 while it waits; answers bear numbers of the same sequence as what they answer, and may follow one another. Without a letter (0), nothing was to
-- be said.
CREATE TABLE stray_answer (said_id BIGINT PRIMARY KEY, stray_id BIGINT NOT NULL, letter_id BIGINT NOT NULL, at BIGINT NOT NULL, words TEXT NOT NULL, who TEXT NOT NULL);
CREATE INDEX stray_answer_of_stray ON stray_answer (stray_id);
CREATE INDEX stray_answer_of_letter ON stray_answer (letter_id);
ALTER TABLE stray ADD COLUMN talk TEXT NOT NULL DEFAULT '';
ALTER TABLE stray ADD COLUMN answered BIGINT NOT NULL DEFAULT 0;
UPDATE stray SET talk = CASE WHEN chat <> '' THEN chat ELSE lower(sender) END;
INSERT INTO stray_answer (said_id, stray_id, letter_id, at, words, who)
  SELECT c.value + row_number() OVER (ORDER BY s.letter_id), s.stray_id, s.letter_id, COALESCE(l.made_at, s.at), s.answer, s.answered_by
  FROM stray AS s JOIN counter AS c ON c.name = 'stray' LEFT JOIN letter AS l ON l.letter_id = s.letter_id WHERE s.letter_id > 0 AND s.sender <> '';
UPDATE counter SET value = value + (SELECT COUNT(*) FROM stray_answer) WHERE name = 'stray';
UPDATE stray SET answered = COALESCE((SELECT a.said_id FROM stray_answer AS a WHERE a.stray_id = stray.stray_id), 0);
ALTER TABLE stray DROP COLUMN answer;
ALTER TABLE stray DROP COLUMN answered_by;
ALTER TABLE stray DROP COLUMN letter_id;
CREATE INDEX stray_of_talk ON stray (talk, stray_id);
