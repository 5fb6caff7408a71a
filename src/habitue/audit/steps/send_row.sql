-- Every send once: rows that are the same in everything count as one, with their first line and how many they are; and the thing that each named.
CREATE OR REPLACE TEMP TABLE send_row AS
WITH one AS (
  SELECT customer, instant, day, hour, channel, kind, campaign, message, thing, level, subject, words_key, manners, can_answer, cost_millicents,
    min(line) AS line, count(*) AS rows, min(answered_at) AS answered_at, min(answered_day) AS answered_day, max(is_answered) AS is_answered,
    max(bounced_at) AS bounced_at, coalesce(message, campaign, subject, '') AS message_key
  FROM raw_send
  GROUP BY ALL
)
SELECT o.*, CAST(row_number() OVER (ORDER BY o.line) AS BIGINT) AS send_id, n.item_id AS named_id, s.root_id AS thing_id
FROM one AS o
LEFT JOIN list_of_campaign AS l ON l.word = lower(trim(o.thing)) AND l.campaign = lower(trim(o.campaign))
LEFT JOIN named AS n ON n.text = o.thing AND n.level = o.level AND n.campaign IS NOT DISTINCT FROM l.campaign
LEFT JOIN same_thing AS s ON s.item_id = n.item_id
