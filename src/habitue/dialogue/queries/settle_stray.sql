-- Somebody said whose it is, or that it is nobody's: it is kept here no more.
UPDATE stray SET sender = '', subject = '', words = '', number = '', name = '', chat = '', talk = '', kind = 1, person = '', who = ?, seq = ? WHERE stray_id = ?
