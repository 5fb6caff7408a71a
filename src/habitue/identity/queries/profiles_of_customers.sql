-- Every profile of these customers.
SELECT profile_id, customer_id FROM profile WHERE customer_id IN (?)
