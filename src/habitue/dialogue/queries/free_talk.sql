-- Nobody has a customer's conversation in hand any more.
DELETE FROM talk_given WHERE thread_id = ? AND profile_id IN (SELECT profile_id FROM profile WHERE customer_id = ?)
