-- The kinds of letters that are stopped.
SELECT DISTINCT kind FROM letter_stop WHERE released_at = 0
