-- What was said to whom and when, thing by thing.
CREATE OR REPLACE TEMP TABLE sent AS SELECT DISTINCT s.customer_id, s.known_at, s.content_id, s.day FROM send AS s JOIN touch AS t USING (touch_id)
