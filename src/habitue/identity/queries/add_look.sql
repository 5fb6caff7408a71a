-- Keeps who looked; of several looks within an hour the first.
INSERT INTO look (profile_id, hour_at, who, door, what, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
