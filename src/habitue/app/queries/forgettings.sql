-- Every erasure, the newest first, with its certificate and what of it is left to do.
SELECT number, erased_at, what, is_left FROM forgetting ORDER BY erased_at DESC, number
