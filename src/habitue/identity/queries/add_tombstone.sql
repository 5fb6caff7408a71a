-- Keeps the hash of an identifier of somebody who is forgotten; of two erasures the later counts.
INSERT INTO tombstone (hash, erased_at) VALUES (?, ?)
ON CONFLICT (hash) DO UPDATE SET erased_at = CASE WHEN tombstone.erased_at > excluded.erased_at THEN tombstone.erased_at ELSE excluded.erased_at END
