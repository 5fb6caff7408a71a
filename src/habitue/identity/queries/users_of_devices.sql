-- Who said that they use these devices: the device's profile, and theirs.
SELECT one_profile_id, other_profile_id FROM link WHERE kind = 'device' AND ended_seq = 0 AND one_profile_id IN (?)
