-- Profiles of whom nobody ever said who they are, and who were there before a day.
SELECT p.profile_id FROM profile AS p
WHERE EXISTS (SELECT 1 FROM seen_fact AS s WHERE s.profile_id = p.profile_id AND s.day < ?)
  AND NOT EXISTS (SELECT 1 FROM profile AS h JOIN customer_fact AS f ON f.profile_id = h.profile_id WHERE h.customer_id = p.customer_id)
