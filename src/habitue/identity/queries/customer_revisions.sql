-- Everything that was known of these customers, oldest first.
SELECT customer_id, known_at, seq, since_day, birthday_mmdd, has_email, has_sms, has_post, has_phone, control_permille, bucket_hash
FROM customer WHERE customer_id IN (?)
ORDER BY customer_id, known_at, seq
