-- What was noted beside what a stranger wrote stands in her conversation, now that somebody said whose it is.
INSERT INTO talk_note (profile_id, note_id, thread_id, at, who, words) SELECT ?, note_id, ?, at, who, words FROM stray_note WHERE stray_id = ?
