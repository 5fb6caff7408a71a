-- Lets letters leave again.
UPDATE post_stop SET released_at = ? WHERE released_at = 0
