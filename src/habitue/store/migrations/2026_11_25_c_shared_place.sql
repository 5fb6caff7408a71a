-- Whether a folder of backups was another house's when this one was restored from its backup, and is to be taken over as soon as it can be reached.
ALTER TABLE backup_place ADD COLUMN is_shared INTEGER NOT NULL DEFAULT 0;
