-- By which letters these messages were answered by a machine: that the shop is closed.
SELECT seq, letter_id FROM closing_note WHERE seq IN (?)
