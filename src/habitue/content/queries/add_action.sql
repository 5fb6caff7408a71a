-- Gives an action key its number.
INSERT INTO action (action_id, key) VALUES (?, ?)
