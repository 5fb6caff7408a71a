-- Says to which customer a profile belongs, and since when several people's were joined.
UPDATE profile SET customer_id = ?, joined_at = ? WHERE profile_id = ?
