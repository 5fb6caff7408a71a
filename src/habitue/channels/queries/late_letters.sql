-- How many letters could not be delivered for the moment to an address since an instant, and from when to when they came back.
SELECT COUNT(DISTINCT letter_id), MIN(at), MAX(at) FROM letter_return WHERE address_hash = ? AND what = 'for_now' AND at >= ?
