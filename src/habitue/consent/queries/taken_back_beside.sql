-- What of being written to at an address of these customers somebody else has taken back who told the same address: e-mail (1), text messages (2), calls (5).
SELECT DISTINCT hers.customer_id, f.purpose, f.channel
FROM profile AS hers
JOIN identifier AS i ON i.profile_id = hers.profile_id
JOIN identifier AS j ON j.kind = i.kind AND j.value = i.value
JOIN profile AS other ON other.profile_id = j.profile_id AND other.customer_id <> hers.customer_id
JOIN consent_fact AS f ON f.profile_id = other.profile_id AND f.is_granted = 0
WHERE ((i.kind = 'email' AND f.channel = 1) OR (i.kind = 'phone' AND f.channel IN (2, 5))) AND hers.customer_id IN (?)
