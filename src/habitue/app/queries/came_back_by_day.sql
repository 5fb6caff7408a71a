-- How many of the words that were sent came back for good, by the day that decided on them.
SELECT day, COUNT(*) FROM letter AS l WHERE day BETWEEN ? AND ? AND touch_id <> 0 AND state = 'sent'
  AND EXISTS (SELECT 1 FROM letter_return AS r WHERE r.letter_id = l.letter_id AND r.what IN ('gone', 'refused'))
GROUP BY day
