-- What we answered to a stranger by a letter, while nobody said who that is.
SELECT a.said_id, s.talk, a.stray_id, a.letter_id, a.at, a.words, a.who FROM stray AS s JOIN stray_answer AS a ON a.stray_id = s.stray_id
WHERE a.letter_id = ? AND a.letter_id > 0 AND s.sender <> ''
