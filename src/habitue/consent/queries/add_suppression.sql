-- Puts an address on the suppression list, or lifts it by her own yes; a line that is there already changes nothing.
INSERT INTO suppression (address_hash, purpose, channel, at, number, is_lifted) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
