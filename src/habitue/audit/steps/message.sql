-- Every message once, however many things it named: to whom, when, by which way. Messages of one instant follow one another by a second each,
-- so that each knows of those before it.
CREATE OR REPLACE TEMP TABLE message AS
WITH one AS (
  SELECT customer, instant, channel, message_key, min(line) AS line, min(day) AS day, max(hour) AS hour, max(kind) AS kind,
    min(answered_at) AS answered_at, min(answered_day) AS answered_day, max(bounced_at) AS bounced_at, max(is_answered) AS is_answered
  FROM send_row
  GROUP BY customer, instant, channel, message_key
)
SELECT CAST(row_number() OVER (ORDER BY k.customer_id, o.instant, o.line) AS BIGINT) AS touch_id, k.customer_id, k.customer_id % {parts} AS part,
  o.customer, o.instant, o.message_key, o.instant + row_number() OVER (PARTITION BY k.customer_id, o.instant ORDER BY o.line) - 1 AS known_at,
  o.day, o.hour, o.channel, o.kind, o.answered_at, o.answered_day, o.bounced_at, o.is_answered
FROM one AS o
JOIN customer_key AS k ON k.key = o.customer
