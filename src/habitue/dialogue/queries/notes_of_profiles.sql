-- What the shop noted beside the conversations of these profiles.
SELECT note_id, at, who, words FROM talk_note WHERE profile_id IN (?)
