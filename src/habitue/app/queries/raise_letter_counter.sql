-- Sees that the next letter gets a number above one that may have been given.
INSERT INTO counter (name, value) VALUES ('letter', ?)
ON CONFLICT (name) DO UPDATE SET value = CASE WHEN counter.value < excluded.value THEN excluded.value ELSE counter.value END
