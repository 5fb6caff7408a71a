-- The rules of keeping were carried out on that local day.
INSERT INTO counter (name, value) VALUES ('retained on', ?)
ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE counter.value < excluded.value
