-- The letters of a kind to be sent by an instant, and, of those that we owe, what somebody began to send so long ago that he is gone.
SELECT letter_id FROM letter
WHERE kind = ? AND state IN ('waiting', 'sending', 'in_doubt') AND (touch_id = 0 OR state = 'waiting')
  AND ((state <> 'sending' AND due_at <= ?) OR (state = 'sending' AND due_at <= ?))
ORDER BY due_at, letter_id LIMIT ?
