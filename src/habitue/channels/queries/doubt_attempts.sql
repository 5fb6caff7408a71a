-- Puts in doubt what somebody began and never ended.
UPDATE letter_attempt SET outcome = 'in_doubt', ended_at = ? WHERE letter_id = ? AND outcome = ''
