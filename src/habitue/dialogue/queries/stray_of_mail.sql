-- Whether a mail was kept as a stranger's before: its number while it waits, and as which event it is in a conversation by now.
SELECT CASE WHEN sender = '' THEN 0 ELSE stray_id END, seq FROM stray WHERE mail = ?
