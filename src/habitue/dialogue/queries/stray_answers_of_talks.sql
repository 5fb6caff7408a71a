-- What we answered in these talks of strangers.
SELECT a.said_id, s.talk, a.stray_id, a.letter_id, a.at, a.words, a.who FROM stray AS s JOIN stray_answer AS a ON a.stray_id = s.stray_id
WHERE s.sender <> '' AND s.talk IN (?)
