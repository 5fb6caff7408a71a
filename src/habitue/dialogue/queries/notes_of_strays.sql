-- What the shop noted beside what strangers wrote.
SELECT note_id, at, who, words FROM stray_note WHERE stray_id IN (?)
