-- Remembers a folder that holds backups of this house, as it is now.
INSERT INTO backup_place (claim, place, keys, owed, is_lost, is_shared) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (claim) DO UPDATE
SET place = excluded.place, keys = excluded.keys, owed = excluded.owed, is_lost = excluded.is_lost, is_shared = excluded.is_shared
