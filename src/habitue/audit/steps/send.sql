-- Every send with numbers for names: its message, what it said, the thing it named (0 none that anybody knows), the action that stands for it.
CREATE OR REPLACE TEMP TABLE send AS
WITH one AS (
  SELECT r.send_id, r.line, r.rows, m.touch_id, m.customer_id, m.part, m.known_at, r.day, r.hour, r.channel, r.kind, c.content_id, g.campaign_id,
    coalesce(h.item_id, 0) AS item_id, r.named_id, r.words_key, r.manners, r.can_answer, r.cost_millicents,
    CASE WHEN r.answered_at IS NOT NULL OR r.is_answered = 1 THEN 1 WHEN r.is_answered = 0 THEN 0 END AS is_answered,
    CASE WHEN r.answered_at IS NOT NULL THEN r.answered_day WHEN r.is_answered = 1 THEN r.day END AS answered_day
  FROM send_row AS r
  JOIN message AS m ON m.customer = r.customer AND m.instant = r.instant AND m.channel = r.channel AND m.message_key = r.message_key
  JOIN content_key AS c
    ON c.key = coalesce('thing ' || r.thing_id, 'words ' || r.words_key, 'subject ' || r.subject, 'campaign ' || r.campaign, 'send ' || r.send_id)
  JOIN campaign AS g ON g.key = coalesce(r.campaign, r.subject, '')
  LEFT JOIN neighbourhood AS h ON h.item_id = r.named_id
)
SELECT o.*, CAST(dense_rank() OVER (ORDER BY content_id, item_id, kind, channel, CASE WHEN hour < 0 THEN 0 ELSE 1 END) AS BIGINT) AS action_id
FROM one AS o
