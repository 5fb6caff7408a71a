-- How many people bought each thing, as of a lesson.
SELECT item_id, buyers FROM item_rhythm WHERE lesson_id = ?
