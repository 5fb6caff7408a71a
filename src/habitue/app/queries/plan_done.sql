-- A row where the plan of a day is written, whole.
SELECT day FROM plan WHERE day = ? AND is_done = 1
