-- For each thing and month: the part of all that was bought in its neighbourhood before that month, decayed, that was the thing itself.
CREATE OR REPLACE TEMP TABLE item_share AS
WITH month AS (
  SELECT DISTINCT CAST(year(make_date(CAST(day AS INTEGER))) * 12 + month(make_date(CAST(day AS INTEGER))) - 1 AS BIGINT) AS lesson_id,
    CAST(epoch(date_trunc('month', make_date(CAST(day AS INTEGER)))) // 86400 AS BIGINT) AS first_day
  FROM message
),
drawn AS (SELECT customer_id, day, type_id, product_id FROM line_all WHERE quantity_milli > 0 AND hash(customer_id) % {every} = 0),
own_day AS (SELECT c.item_id, s.day, count(DISTINCT s.customer_id) AS times FROM drawn AS s JOIN covers AS c USING (product_id) GROUP BY c.item_id, s.day),
near_day AS (SELECT n.category_id, s.day, count(DISTINCT (s.customer_id, s.type_id)) AS times FROM drawn AS s JOIN neighbour AS n USING (type_id) GROUP BY ALL),
own AS (
  SELECT o.item_id, m.lesson_id, sum(o.times * d.weight) AS weight
  FROM own_day AS o
  JOIN month AS m ON o.day < m.first_day
  JOIN decay AS d ON d.age_days = m.first_day - o.day
  GROUP BY o.item_id, m.lesson_id
),
near AS (
  SELECT o.category_id, m.lesson_id, sum(o.times * d.weight) AS weight
  FROM near_day AS o
  JOIN month AS m ON o.day < m.first_day
  JOIN decay AS d ON d.age_days = m.first_day - o.day
  GROUP BY o.category_id, m.lesson_id
)
SELECT o.item_id, o.lesson_id, least(o.weight / n.weight, 1) AS share
FROM own AS o
JOIN neighbourhood AS h ON h.item_id = o.item_id
JOIN near AS n ON n.category_id = h.category_id AND n.lesson_id = o.lesson_id
