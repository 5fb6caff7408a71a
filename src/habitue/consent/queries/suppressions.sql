-- The whole suppression list.
SELECT address_hash, purpose, channel, at, number, is_lifted FROM suppression ORDER BY at, number, address_hash, purpose, channel
