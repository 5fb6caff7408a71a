-- Writes or replaces the name and addresses that a profile tells.
INSERT INTO person (profile_id, title, given_name, family_name, email, phone, street, postcode, city, country, language)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (profile_id) DO UPDATE SET title = excluded.title, given_name = excluded.given_name, family_name = excluded.family_name,
  email = excluded.email, phone = excluded.phone, street = excluded.street, postcode = excluded.postcode, city = excluded.city,
  country = excluded.country, language = excluded.language
