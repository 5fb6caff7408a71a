-- Forgets a folder of backups.
DELETE FROM backup_place WHERE claim = ?
