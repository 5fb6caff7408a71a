-- It was not asked after all.
DELETE FROM satisfaction WHERE letter_id = ?
