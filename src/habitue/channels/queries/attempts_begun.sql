-- How many letters of a kind a mail server has heard of since an instant: each once, however often it was tried.
SELECT COUNT(DISTINCT a.letter_id) FROM letter_attempt AS a JOIN letter AS l ON l.letter_id = a.letter_id
WHERE l.kind = ? AND a.begun_at >= ? AND (a.outcome IN ('', 'sent', 'in_doubt') OR (a.outcome = 'failed' AND a.answer LIKE '5%'))
