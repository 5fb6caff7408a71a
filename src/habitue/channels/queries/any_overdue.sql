-- A row where a touch's time is over, or whoever had it is gone.
SELECT letter_id FROM letter WHERE touch_id <> 0 AND ((state = 'waiting' AND until_at <= ?) OR (state = 'sending' AND due_at <= ?)) LIMIT 1
