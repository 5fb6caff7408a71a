-- The same for things of a kind (the category that most of a thing's products lie in; 0 stands for all): how often such had been named before that day, and answered.
CREATE OR REPLACE TEMP TABLE category_day AS
WITH kind AS (
  SELECT s.send_id, unnest([0, coalesce(k.category_id, -1)]) AS category_id, s.day, s.answered_day
  FROM send AS s
  LEFT JOIN main_category AS k USING (item_id)
),
event AS (
  SELECT category_id, day, count(*) AS sends, 0 AS answers FROM kind WHERE category_id >= 0 GROUP BY category_id, day
  UNION ALL
  SELECT category_id, answered_day, 0, count(*) FROM kind WHERE answered_day IS NOT NULL AND category_id >= 0 GROUP BY category_id, answered_day
),
so_far AS (
  SELECT category_id, day, sum(sum(sends)) OVER past AS sends, sum(sum(answers)) OVER past AS answers
  FROM event
  GROUP BY category_id, day
  WINDOW past AS (PARTITION BY category_id ORDER BY day)
)
SELECT c.category_id, d.day, e.sends, e.answers
FROM (SELECT category_id, min(day) AS first_day FROM event GROUP BY category_id) AS c
JOIN (SELECT DISTINCT day FROM message) AS d ON d.day > c.first_day
ASOF JOIN so_far AS e ON e.category_id = c.category_id AND e.day < d.day
