-- Puts in doubt every touch that had not left when a backup was made: it may have since.
UPDATE letter SET state = 'in_doubt' WHERE touch_id <> 0 AND state IN ('waiting', 'sending')
