-- What the profiles after this one tell of a name, addresses and a birthday, one row a profile.
SELECT n.profile_id, n.title, n.given_name, n.family_name, n.street, n.postcode, n.city, n.email, n.phone, COALESCE((
    SELECT f.birthday_mmdd FROM customer_fact AS f WHERE f.profile_id = n.profile_id ORDER BY f.known_at DESC, f.seq DESC LIMIT 1
  ), 0) AS birthday_mmdd
FROM person AS n
WHERE n.profile_id > ?
ORDER BY n.profile_id
LIMIT ?
