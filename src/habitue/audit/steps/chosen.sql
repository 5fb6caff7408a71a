-- The messages whose things were chosen for whoever got them: of those who got the same words of one campaign in the same week, not all were told of the same things.
-- Where fewer than five did, everybody who ever got these words is compared; where she alone did, the whole campaign.
CREATE OR REPLACE TEMP TABLE chosen AS
WITH told AS (
  SELECT touch_id, any_value(campaign_id) AS campaign_id, any_value(words_key) AS words_key, any_value(day - (day + 3) % 7) AS week,
    list(DISTINCT named_id ORDER BY named_id) AS things
  FROM send
  WHERE manners = 1
  GROUP BY touch_id
),
of_week AS (SELECT campaign_id, words_key, week, count(*) AS messages, count(DISTINCT things) AS kinds FROM told GROUP BY ALL),
of_words AS (SELECT campaign_id, words_key, count(*) AS messages, count(DISTINCT things) AS kinds FROM told GROUP BY ALL),
of_campaign AS (SELECT campaign_id, count(DISTINCT things) AS kinds FROM told GROUP BY ALL)
SELECT t.touch_id, CASE WHEN w.messages >= 5 THEN w.kinds WHEN e.messages >= 2 THEN e.kinds ELSE c.kinds END > 1 AS is_chosen
FROM told AS t
JOIN of_week AS w ON w.campaign_id = t.campaign_id AND w.words_key = t.words_key AND w.week = t.week
JOIN of_words AS e ON e.campaign_id = t.campaign_id AND e.words_key = t.words_key
JOIN of_campaign AS c ON c.campaign_id = t.campaign_id
