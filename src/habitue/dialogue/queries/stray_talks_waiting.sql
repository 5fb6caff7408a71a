-- The talks of strangers in which somebody waits for us, complaints first, then the longest waiting.
SELECT talk FROM stray WHERE sender <> '' AND answered = 0 GROUP BY talk ORDER BY MAX(kind) DESC, MIN(at), MIN(stray_id) LIMIT ?
