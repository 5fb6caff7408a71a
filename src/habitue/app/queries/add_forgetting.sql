-- Keeps the certificate of an erasure, and what of it is left to do.
INSERT INTO forgetting (number, erased_at, what, is_left) VALUES (?, ?, ?, ?)
