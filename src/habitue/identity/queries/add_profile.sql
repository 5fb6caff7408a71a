-- Gives a profile to a customer.
INSERT INTO profile (profile_id, customer_id) VALUES (?, ?)
