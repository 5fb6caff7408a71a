-- What joins these profiles to others, told from their side.
SELECT seq, one_profile_id, other_profile_id, kind, known_at, reason FROM link WHERE ended_seq = 0 AND one_profile_id IN (?)
