-- What the secret of that hash opens, and whose it is today.
SELECT h.profile_id, p.customer_id, h.kind, h.made_at, h.ended_at
FROM her_link AS h
JOIN profile AS p ON p.profile_id = h.profile_id
WHERE h.secret_hash = ?
