-- Who of the shop has a stranger's conversation in hand from now on; empty for nobody.
UPDATE stray SET person = ? WHERE talk = ? AND sender <> ''
