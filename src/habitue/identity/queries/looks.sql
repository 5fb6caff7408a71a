-- Who looked at these profiles.
SELECT profile_id, at, who, door, what FROM look WHERE profile_id IN (?)
