-- Writes what is known of a customer from an instant on.
INSERT INTO customer_fact (profile_id, known_at, seq, since_day, birthday_mmdd, has_email, has_sms, has_post, has_phone, country, control_permille,
  bucket_hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
