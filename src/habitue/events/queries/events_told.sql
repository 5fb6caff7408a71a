-- What was written last under each of these message keys: of which profile, as of when, and what it says.
SELECT k.key, e.profile_id, e.at, e.body FROM event_key AS k JOIN event AS e ON e.seq = k.seq WHERE k.key IN (?)
