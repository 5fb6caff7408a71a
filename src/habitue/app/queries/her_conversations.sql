-- The events of what these profiles and we said to each other.
SELECT seq FROM conversation_fact WHERE profile_id IN (?)
