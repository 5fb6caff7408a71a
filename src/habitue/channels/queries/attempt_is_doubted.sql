-- Whether nobody knows what became of an attempt at a letter.
SELECT 1 FROM letter_attempt WHERE letter_id = ? AND attempt = ? AND outcome = 'in_doubt'
