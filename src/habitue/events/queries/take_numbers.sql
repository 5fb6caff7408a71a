-- Moves a named sequence on by so many numbers and says where it now stands.
INSERT INTO counter (name, value) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value
RETURNING value
