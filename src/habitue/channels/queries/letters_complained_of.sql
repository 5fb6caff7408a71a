-- How many letters their readers complained of since an instant.
SELECT COUNT(DISTINCT letter_id) FROM letter_return WHERE what = 'complaint' AND at >= ?
