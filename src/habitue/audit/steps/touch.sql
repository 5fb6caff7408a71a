-- Every message as a word that we said to her; what came back never reached her.
CREATE OR REPLACE TEMP TABLE touch AS
SELECT customer_id, known_at, touch_id, 0 AS action_id, 0 AS item_id, CASE WHEN kind = 0 THEN 1 ELSE kind END AS kind, channel, day,
  CASE WHEN kind IN (1, 4) THEN 1 ELSE 0 END AS is_asking
FROM message
WHERE bounced_at IS NULL
