-- Remembers a folder that holds backups of this house.
INSERT INTO backup_place (place, keys, key_check, owed) VALUES (?, ?, ?, '[]') ON CONFLICT DO NOTHING
