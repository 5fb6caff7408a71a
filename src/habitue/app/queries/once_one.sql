-- With whom these profiles were ever one customer, from when to when (0: to this day), told from their side.
SELECT one_profile_id, other_profile_id, known_at, ended_at FROM link WHERE kind <> 'household' AND one_profile_id IN (?)
