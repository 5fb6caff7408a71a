-- Deletes a note.
DELETE FROM talk_note WHERE note_id = ? AND profile_id IN (SELECT profile_id FROM profile WHERE customer_id = ?)
