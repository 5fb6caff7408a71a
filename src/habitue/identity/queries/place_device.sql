-- Gives a device's profile to a customer, and says since when her profiles were joined.
UPDATE profile SET customer_id = ?, joined_at = (SELECT hers.joined_at FROM profile AS hers WHERE hers.profile_id = ?) WHERE profile_id = ?
