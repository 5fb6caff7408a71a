-- The talk of what a stranger wrote under a number, or of what we answered under it.
SELECT talk FROM stray WHERE stray_id = ? AND sender <> ''
UNION SELECT s.talk FROM stray AS s JOIN stray_answer AS a ON a.stray_id = s.stray_id WHERE a.said_id = ? AND s.sender <> ''
