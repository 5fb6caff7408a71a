-- Whose these profiles are now.
SELECT profile_id, customer_id FROM profile WHERE profile_id IN (?)
