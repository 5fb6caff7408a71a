-- Takes a block of write numbers, and waits for whoever else is writing; gives the last of them.
UPDATE counter SET value = value + ? WHERE name = 'seq' RETURNING value
