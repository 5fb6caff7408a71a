-- Gives a profile to another customer.
UPDATE profile SET customer_id = ? WHERE profile_id = ?
