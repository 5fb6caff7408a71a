-- Whoever was ever joined with one of these profiles, told from the other side.
SELECT one_profile_id FROM link WHERE other_profile_id IN (?)
