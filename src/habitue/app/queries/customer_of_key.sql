-- The profile and the customer of an outside key.
SELECT p.profile_id, p.customer_id FROM identifier AS i JOIN profile AS p ON p.profile_id = i.profile_id WHERE i.kind = 'customer' AND i.value = ?
