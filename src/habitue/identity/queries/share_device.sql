-- A device turns out to be used by several people: what comes by it alone goes to a profile of its own from now on.
UPDATE identifier SET profile_id = ?, is_shared = 1 WHERE kind = 'device' AND value = ?
