-- How much was looked at before an instant, and when the first of it was.
SELECT COUNT(*), MIN(at) FROM event WHERE at < ? AND name IN ('Page Viewed', 'Product Viewed', 'Tracked')
