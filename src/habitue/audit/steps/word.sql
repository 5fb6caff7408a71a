-- Every message with its campaign, for what came before it.
CREATE OR REPLACE TEMP TABLE word AS
SELECT m.touch_id, m.customer_id, m.known_at, m.day, s.campaign_id, s.answers, s.answered_day
FROM message AS m
JOIN (
  SELECT touch_id, min(campaign_id) AS campaign_id, count(answered_day) AS answers, min(answered_day) AS answered_day FROM send GROUP BY touch_id
) AS s USING (touch_id)
