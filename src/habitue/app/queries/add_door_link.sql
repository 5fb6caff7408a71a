-- Adds the hash of a link to what somebody asked for.
INSERT INTO door_link (secret_hash, letter_id) VALUES (?, ?)
