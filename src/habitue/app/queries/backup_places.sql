-- The folders that hold backups of this house, each with its claim, its keys, whose are still to be destroyed there, and whether it is lost.
SELECT claim, place, keys, owed, is_lost, is_shared FROM backup_place ORDER BY place, claim
