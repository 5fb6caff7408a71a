-- For each campaign and each day on which anything was sent after its first: how many people it had reached before that day, and how many answers it had had.
CREATE OR REPLACE TEMP TABLE campaign_day AS
WITH event AS (
  SELECT campaign_id, day, count(DISTINCT touch_id) AS people, 0 AS answers FROM send GROUP BY campaign_id, day
  UNION ALL
  SELECT campaign_id, answered_day, 0, count(*) FROM send WHERE answered_day IS NOT NULL GROUP BY campaign_id, answered_day
),
so_far AS (
  SELECT campaign_id, day, sum(sum(people)) OVER past AS people, sum(sum(answers)) OVER past AS answers
  FROM event
  GROUP BY campaign_id, day
  WINDOW past AS (PARTITION BY campaign_id ORDER BY day)
)
SELECT c.campaign_id, d.day, e.people, e.answers
FROM (SELECT campaign_id, min(day) AS first_day FROM send GROUP BY campaign_id) AS c
JOIN (SELECT DISTINCT day FROM message) AS d ON d.day > c.first_day AND d.day <= c.first_day + 730
ASOF JOIN so_far AS e ON e.campaign_id = c.campaign_id AND e.day < d.day
