-- How often profiles were joined to one customer or taken apart: whoever remembers something by customer looks whether it still holds.
SELECT COALESCE((SELECT value FROM counter WHERE name = 'merges'), 0)
