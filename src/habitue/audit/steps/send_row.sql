-- Every send once: rows that are the same in everything count as one, with their first line and how many they are.
CREATE OR REPLACE TEMP TABLE send_row AS
SELECT r.*, CAST(row_number() OVER (ORDER BY r.line) AS BIGINT) AS send_id
FROM (
  SELECT customer, instant, day, hour, channel, kind, campaign, message, thing, level, subject, words_key, manners, can_answer, cost_millicents,
    min(line) AS line, count(*) AS rows, min(answered_at) AS answered_at, min(answered_day) AS answered_day, max(is_answered) AS is_answered,
    max(bounced_at) AS bounced_at, coalesce(message, campaign, subject, thing, '') AS message_key
  FROM raw_send
  GROUP BY ALL
) AS r
