-- Who has ever taken back a leave to be written to at these addresses of one kind: by e-mail (1), text messages (2), calls (5).
SELECT DISTINCT i.value, p.customer_id, f.purpose, f.channel
FROM identifier AS i
JOIN profile AS p ON p.profile_id = i.profile_id
JOIN consent_fact AS f ON f.profile_id = i.profile_id AND f.is_granted = 0
WHERE ((i.kind = 'email' AND f.channel = 1) OR (i.kind = 'phone' AND f.channel IN (2, 5))) AND i.kind = ? AND i.value IN (?)
