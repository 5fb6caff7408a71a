-- Adds what somebody asked for at an address.
INSERT INTO door_request (letter_id, email, purposes, notice_hash, proof, collected, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)
