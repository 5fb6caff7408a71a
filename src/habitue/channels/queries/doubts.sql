-- The letters whose last attempt broke off after it began, since an instant: nobody knows whether the mail server took them. Where somebody else had claimed the
-- touch, the attempt never began, and says nothing of his.
SELECT l.letter_id, l.touch_id, l.day, a.attempt, a.begun_at, a.ended_at
FROM letter AS l JOIN letter_attempt AS a ON a.letter_id = l.letter_id AND a.attempt = l.attempts
WHERE l.state = 'in_doubt' AND a.outcome = 'in_doubt' AND a.ended_at >= ? AND a.answer NOT LIKE 'Somebody else%' ORDER BY l.letter_id
