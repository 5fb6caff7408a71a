-- The letters of before an instant that left, or never will.
SELECT letter_id, made_at FROM letter WHERE made_at < ? AND state NOT IN ('waiting', 'sending') ORDER BY letter_id
