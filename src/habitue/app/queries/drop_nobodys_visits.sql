-- Lets go that somebody was there before a day, of whom nobody ever said who it is.
DELETE FROM seen_fact WHERE day < ?
  AND NOT EXISTS (SELECT 1 FROM profile AS p JOIN customer AS c ON c.customer_id = p.customer_id WHERE p.profile_id = seen_fact.profile_id)
