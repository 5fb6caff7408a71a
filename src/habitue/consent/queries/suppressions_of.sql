-- Every line of the suppression list about these addresses, by their keyed hash.
SELECT address_hash, purpose, channel, at, number, is_lifted FROM suppression WHERE address_hash IN (?)
