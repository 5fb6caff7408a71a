-- A row where a customer was asked by another letter after that conversation, or after any since an instant.
SELECT s.letter_id FROM profile AS p JOIN satisfaction AS s ON s.profile_id = p.profile_id
WHERE p.customer_id = ? AND s.letter_id <> ? AND (s.thread_id = ? OR s.asked_at > ?) LIMIT 1
