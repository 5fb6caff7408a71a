-- What was written in one chat and is still kept, in its order; with what we answered, by whom, in which letter (0: not yet).
SELECT stray_id, words, answer, answered_by, letter_id FROM stray WHERE chat = ? AND chat <> '' ORDER BY stray_id LIMIT 200
