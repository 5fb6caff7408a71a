-- Puts the body of one event anew, without what is to be forgotten; its key stays, so that the same message told again is still known.
UPDATE event SET body = ? WHERE seq = ?
