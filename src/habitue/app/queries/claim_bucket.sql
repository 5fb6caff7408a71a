-- Takes a bucket of a day's plan for writing; no row where somebody has written it.
INSERT INTO plan_bucket (day, bucket) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING bucket
