-- What the link of a letter is about, unless its time is over.
SELECT r.letter_id, r.email, r.purposes, r.notice_hash, r.proof, r.collected, r.made_at, r.answered_at
FROM door_link AS l JOIN door_request AS r ON r.letter_id = l.letter_id WHERE l.secret_hash = ? AND r.made_at > ?
