-- Whose a letter is; 0 where nobody has proved the address yet.
SELECT profile_id FROM letter WHERE letter_id = ?
