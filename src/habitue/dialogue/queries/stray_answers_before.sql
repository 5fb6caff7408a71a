-- What we answered to strangers before a number, the newest first.
SELECT a.said_id, s.talk, a.at, 0, '', a.words FROM stray_answer AS a JOIN stray AS s ON s.stray_id = a.stray_id
WHERE a.said_id < ? AND s.sender <> '' ORDER BY a.said_id DESC LIMIT ?
