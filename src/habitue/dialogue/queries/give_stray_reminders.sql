-- What was told of the wait of a stranger was told of her message, too, now that somebody said whose it is.
INSERT INTO reminder (seq, step, letter_id) SELECT ?, s.step, s.letter_id FROM stray_reminder AS s
WHERE s.stray_id = ? AND NOT EXISTS (SELECT 1 FROM reminder AS r WHERE r.seq = ? AND r.step = s.step)
