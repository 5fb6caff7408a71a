-- A person of the shop says that several people use an address, a number, a card or a device (1), or that one alone does (0); no row where nobody has it.
UPDATE identifier SET is_shared = ? WHERE kind = ? AND value = ? RETURNING value
