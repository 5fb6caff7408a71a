-- What of being written to at these addresses anybody has taken back: e-mail (1), text messages (2), calls (5).
SELECT DISTINCT i.value, f.purpose, f.channel
FROM identifier AS i
JOIN consent_fact AS f ON f.profile_id = i.profile_id AND f.is_granted = 0
WHERE ((i.kind = 'email' AND f.channel = 1) OR (i.kind = 'phone' AND f.channel IN (2, 5))) AND i.kind = ? AND i.value IN (?)
