-- Whoever was ever joined with one of these profiles, told from their side.
SELECT other_profile_id FROM link WHERE one_profile_id IN (?)
