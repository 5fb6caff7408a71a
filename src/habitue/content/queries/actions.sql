-- Every action that was ever in a book, with its number.
SELECT action_id, key FROM action_key ORDER BY action_id
