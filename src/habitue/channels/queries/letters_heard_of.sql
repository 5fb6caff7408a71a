-- The letters of a kind that a mail server has heard of since an instant, each once, and whether it is due by now: settled there, in somebody's hands, or put
-- off by an answer of its own ("not now" begins with 4). Where the server was away, or did not know us, it has heard of none.
SELECT DISTINCT l.letter_id, CASE WHEN l.state = 'waiting' AND l.due_at <= ? THEN 1 ELSE 0 END
FROM letter_attempt AS a JOIN letter AS l ON l.letter_id = a.letter_id
WHERE l.kind = ? AND a.begun_at >= ?
  AND (a.outcome IN ('', 'sent', 'in_doubt') OR (a.outcome = 'failed' AND a.answer LIKE '5%') OR (a.outcome = 'waiting' AND a.answer LIKE '4%'))
