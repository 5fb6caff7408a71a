-- What was looked at before an instant, without more than so many rows.
SELECT profile_id, at, seq FROM event WHERE at < ? AND name IN ('Page Viewed', 'Product Viewed', 'Tracked') LIMIT ?
