-- Puts in doubt the touches that somebody began to send so long ago that he is gone: nobody sends them again.
UPDATE letter SET state = 'in_doubt', due_at = ? WHERE touch_id <> 0 AND state = 'sending' AND due_at <= ? RETURNING letter_id
