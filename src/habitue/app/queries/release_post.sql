-- Lets letters leave again.
UPDATE letter_stop SET released_at = ? WHERE released_at = 0
