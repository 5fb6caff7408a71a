-- Closes the plan of a day.
UPDATE plan SET is_done = 1 WHERE day = ?
