-- The names and addresses of these customers: the one place where they are kept.
SELECT customer_id, title, given_name, family_name, email, phone, street, postcode, city, country, language FROM person WHERE customer_id IN (?)
