-- How many attempts at sending letters of a kind were begun since an instant, but those that no mail server heard of.
SELECT COUNT(*) FROM letter_attempt AS a JOIN letter AS l ON l.letter_id = a.letter_id
WHERE l.kind = ? AND a.begun_at >= ? AND a.outcome <> 'withdrawn'
