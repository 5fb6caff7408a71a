-- Keeps, of somebody who is forgotten, that she gave or took back a leave on a day.
INSERT INTO sealed_leave (hash, purpose, channel, day, is_granted) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
