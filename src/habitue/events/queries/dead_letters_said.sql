-- Which of these messages, by their hash, came by a key and could not be sorted.
SELECT body_hash FROM dead_letter WHERE key = ? AND body_hash IN (?)
