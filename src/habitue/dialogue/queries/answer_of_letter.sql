-- Which answer a letter carries.
SELECT seq FROM answer_letter WHERE letter_id = ?
