-- Says whose a letter turned out to be.
UPDATE letter SET profile_id = ? WHERE letter_id = ?
