-- Whether the suppression list has that very line.
SELECT 1 FROM suppression WHERE address_hash = ? AND purpose = ? AND channel = ? AND at = ? AND number = ? AND is_lifted = ?
