-- By which letters these answers left.
SELECT seq, letter_id FROM answer_letter WHERE seq IN (?)
