-- How a customer is addressed: title, given name, family name.
SELECT title, given_name, family_name FROM person WHERE customer_id = ?
