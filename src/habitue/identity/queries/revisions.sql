-- Everything that these profiles ever told of their customer, oldest first.
SELECT profile_id, known_at, seq, since_day, birthday_mmdd, has_email, has_sms, has_post, has_phone, country, control_permille, bucket_hash
FROM customer_fact WHERE profile_id IN (?)
ORDER BY profile_id, known_at, seq
