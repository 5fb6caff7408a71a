-- What came back; an answer without an instant is taken to have come at once.
CREATE OR REPLACE TEMP TABLE answer AS
SELECT customer_id, coalesce(answered_at, known_at + 1) AS known_at, touch_id, coalesce(answered_day, day) AS day
FROM message
WHERE answered_at IS NOT NULL OR is_answered = 1
