-- The talks of strangers in which somebody waits for us, the longest waiting first.
SELECT talk FROM stray WHERE sender <> '' AND answered = 0 GROUP BY talk ORDER BY MIN(at), MIN(stray_id) LIMIT ?
