-- What was said of two customers' living together is taken back: what had been proposed waits for a person again.
UPDATE proposal SET answer = CASE WHEN reason = ? THEN 'undone' ELSE '' END, answered_at = ?
WHERE answer = 'household' AND one_profile_id IN (SELECT profile_id FROM profile WHERE customer_id IN (?, ?)) AND EXISTS (
  SELECT 1 FROM profile AS one JOIN profile AS other ON other.profile_id = proposal.other_profile_id
  WHERE one.profile_id = proposal.one_profile_id
    AND ((one.customer_id = ? AND other.customer_id = ?) OR (one.customer_id = ? AND other.customer_id = ?))
)
