-- Her message to which a letter says that the shop is closed.
SELECT seq FROM closing_note WHERE letter_id = ?
