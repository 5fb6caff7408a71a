-- Everything that these customers ever said of being written to, with the profile by which they said it.
SELECT customer_id, profile_id, purpose, channel, known_at, seq, is_granted FROM consent WHERE customer_id IN (?)
