-- The folders that hold backups of this house: where their keys lie, by what those are known, and the numbers of profiles whose keys are still to be destroyed there.

CREATE TABLE backup_place (place TEXT PRIMARY KEY, keys TEXT NOT NULL, key_check TEXT NOT NULL, owed TEXT NOT NULL) {clustered};
