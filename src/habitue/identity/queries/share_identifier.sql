-- An address, a number or a card turns out to be that of several people: it names nobody from now on.
UPDATE identifier SET is_shared = 1 WHERE kind = ? AND value = ?
