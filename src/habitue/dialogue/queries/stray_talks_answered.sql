-- The talks of strangers in which it is their turn, the newest answer first.
SELECT talk FROM stray WHERE sender <> '' GROUP BY talk HAVING MIN(answered) > 0 ORDER BY MAX(answered) DESC LIMIT ?
