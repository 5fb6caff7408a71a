-- How many of these there are from before an instant, and when the first of them came.
SELECT COUNT(*), MIN(at) FROM (SELECT at FROM talk_note UNION ALL SELECT at FROM stray_note) AS n WHERE at < ?
