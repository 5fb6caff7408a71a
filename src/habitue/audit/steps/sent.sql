-- What was said to whom and when, thing by thing.
CREATE OR REPLACE TEMP TABLE sent AS SELECT DISTINCT customer_id, known_at, content_id, day FROM send
