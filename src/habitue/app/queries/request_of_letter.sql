-- What a letter is about, unless it is answered or its time is over.
SELECT letter_id, email, purposes, notice_hash, proof, collected, made_at, answered_at
FROM door_request WHERE letter_id = ? AND made_at > ? AND answered_at = 0
