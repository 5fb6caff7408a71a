-- Profiles whose customer bears the number of one that is not there.
SELECT p.profile_id FROM profile AS p LEFT JOIN profile AS first ON first.profile_id = p.customer_id WHERE first.profile_id IS NULL ORDER BY p.profile_id
