-- A row where a customer was told of a closing, or an address of any since an instant.
SELECT n.letter_id FROM closing_note AS n JOIN letter AS l ON l.letter_id = n.letter_id JOIN profile AS p ON p.profile_id = l.profile_id
WHERE (p.customer_id = ? AND n.closes_on = ?) OR (n.address_hash = ? AND l.made_at > ?) LIMIT 1
