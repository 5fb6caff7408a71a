-- With whom these profiles were ever one customer, from when to when (0: to this day), told from the other side.
SELECT other_profile_id, one_profile_id, known_at, ended_at FROM link WHERE kind <> 'household' AND other_profile_id IN (?)
