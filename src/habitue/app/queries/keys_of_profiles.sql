-- The numbers by which the brand knows these profiles.
SELECT profile_id, value FROM identifier WHERE kind = 'customer' AND profile_id IN (?)
