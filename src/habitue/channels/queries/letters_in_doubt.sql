-- Every letter that nobody knows to have left or not, the newest first.
SELECT l.letter_id, l.kind, l.language, l.profile_id, l.state, l.made_at, l.due_at, l.attempts, COALESCE(a.answer, ''), l.touch_id, l.until_at
FROM letter AS l LEFT JOIN letter_attempt AS a ON a.letter_id = l.letter_id AND a.attempt = l.attempts
WHERE l.state = 'in_doubt' ORDER BY l.letter_id DESC
