-- Lets go that somebody was there before a day, unless by now it is known who it is.
DELETE FROM seen_fact WHERE profile_id = ? AND day < ? AND NOT EXISTS (
  SELECT 1 FROM profile AS p JOIN profile AS h ON h.customer_id = p.customer_id JOIN customer_fact AS f ON f.profile_id = h.profile_id
  WHERE p.profile_id = seen_fact.profile_id
)
