-- The requests of the law of these customers.
SELECT c.case_id FROM profile AS p JOIN law_case AS c ON c.profile_id = p.profile_id WHERE p.customer_id IN (?)
