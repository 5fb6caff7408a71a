-- What was said by an instant to letters that asked since another whether we had answered well, and that reached somebody; empty where nothing was said.
SELECT CASE WHEN s.answered_at <= ? THEN s.verdict ELSE '' END AS verdict, COUNT(*)
FROM satisfaction AS s JOIN letter AS l ON l.letter_id = s.letter_id
WHERE s.asked_at >= ? AND s.asked_at <= ? AND (l.state = 'sent' OR s.answered_at > 0)
  AND NOT EXISTS (SELECT 1 FROM letter_return AS r WHERE r.letter_id = s.letter_id AND r.what IN ('gone', 'refused'))
GROUP BY 1
