-- Lets a device recognise a profile.
INSERT INTO identifier (kind, value, profile_id, is_shared) VALUES ('device', ?, ?, ?)
