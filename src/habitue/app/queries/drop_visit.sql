-- Lets one visit go; that its message was heard stays, as a hash, so that it is not heard again.
DELETE FROM event WHERE profile_id = ? AND at = ? AND seq = ?
