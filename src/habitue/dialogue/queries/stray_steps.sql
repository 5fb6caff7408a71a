-- Every step, by an instant, of the talks of strangers in which anything was written since another, the oldest of each first: what they wrote and wanted an
-- answer to, with its kind; what we answered, and with letter 0 that nothing is to be said.
SELECT s.talk, s.stray_id AS number, s.at, s.kind, -1 AS letter_id
FROM stray AS s
WHERE s.sender <> '' AND s.at <= ? AND s.answered <> s.stray_id AND s.talk IN (SELECT talk FROM stray WHERE sender <> '' AND at >= ?)
UNION ALL
SELECT s.talk, a.said_id AS number, a.at, 0 AS kind, a.letter_id
FROM stray_answer AS a JOIN stray AS s ON s.stray_id = a.stray_id
WHERE s.sender <> '' AND a.at <= ? AND s.talk IN (SELECT talk FROM stray WHERE sender <> '' AND at >= ?)
ORDER BY 1, 2
