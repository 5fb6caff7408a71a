-- Says whose keys are still to be destroyed in a folder of backups.
UPDATE backup_place SET owed = ? WHERE place = ?
