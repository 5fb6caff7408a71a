-- Says of how many messages that were let go nothing is left in the database's files.
INSERT INTO counter (name, value) VALUES ('passed_through', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
