-- A folder of backups is known by the claim in its file of keys, wherever it lies. One that is lost is not looked for, but what is owed there is kept.
-- A message that came twice is found by whose it is.

DROP TABLE backup_place;
CREATE TABLE backup_place (claim TEXT PRIMARY KEY, place TEXT NOT NULL, keys TEXT NOT NULL, owed TEXT NOT NULL, is_lost INTEGER NOT NULL) {clustered};
CREATE INDEX event_refused_by_profile ON event_refused (profile_id);
