-- Ends every letter of a kind that had not left when a backup was made: it may have since.
UPDATE letter SET state = 'withdrawn' WHERE kind = ? AND state IN ('waiting', 'sending', 'in_doubt')
