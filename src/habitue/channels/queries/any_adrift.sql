-- A row where somebody began to send a touch so long ago that he is gone.
SELECT letter_id FROM letter WHERE touch_id <> 0 AND state = 'sending' AND due_at <= ? LIMIT 1
