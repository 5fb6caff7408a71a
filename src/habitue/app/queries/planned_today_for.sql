-- Under which number of hers a day's plan has the one word for a customer: the first, where she was several people then.
SELECT d.customer_id FROM decision AS d JOIN profile AS p ON p.profile_id = d.customer_id
WHERE p.customer_id = ? AND d.day = ? AND d.reason = 0 ORDER BY d.customer_id LIMIT 1
