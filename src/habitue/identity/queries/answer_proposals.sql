-- Keeps what a person said of two customers with every proposal about any of their profiles.
UPDATE proposal SET answer = ?, answered_at = ?
WHERE one_profile_id IN (SELECT profile_id FROM profile WHERE customer_id IN (?, ?)) AND EXISTS (
  SELECT 1 FROM profile AS one JOIN profile AS other ON other.profile_id = proposal.other_profile_id
  WHERE one.profile_id = proposal.one_profile_id
    AND ((one.customer_id = ? AND other.customer_id = ?) OR (one.customer_id = ? AND other.customer_id = ?))
)
