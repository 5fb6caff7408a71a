-- What was written in one chat behind a number and is still kept, and what we answered to that, in its order: by whom of us, and whether it is theirs. What came
-- by another way is not in it, nor its answers.
SELECT stray_id AS said_id, words, '' AS who, 1 AS is_theirs FROM stray WHERE chat = ? AND chat <> '' AND stray_id > ?
UNION ALL SELECT a.said_id, a.words, a.who, 0 FROM stray_answer AS a JOIN stray AS s ON s.stray_id = a.stray_id
WHERE s.chat = ? AND s.chat <> '' AND a.letter_id > 0 AND a.said_id > ? ORDER BY said_id LIMIT 1000
