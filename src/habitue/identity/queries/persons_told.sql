-- The name and addresses that each of these profiles tells.
SELECT profile_id, title, given_name, family_name, email, phone, street, postcode, city, country, language FROM person WHERE profile_id IN (?)
