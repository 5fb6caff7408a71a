-- The folders that hold backups of this house, each with its keys, by what they are known, and whose are still to be destroyed there.
SELECT place, keys, key_check, owed FROM backup_place ORDER BY place
