-- Gives an action its number.
INSERT INTO action_key (action_id, key) VALUES (?, ?)
