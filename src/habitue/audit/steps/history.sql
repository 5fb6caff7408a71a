-- For each message: how much she had answered before that day of what we had sent her within a year, and how much was to be expected of anyone who got the same.
-- Of a message of which several things were answered, all count from the first answer.
CREATE OR REPLACE TEMP TABLE history AS
SELECT w.touch_id, sum(c.answers / nullif(c.people, 0)) AS expected, CAST(sum(CASE WHEN e.answered_day < w.day THEN e.answers ELSE 0 END) AS BIGINT) AS answers
FROM word AS w
JOIN word AS e ON e.customer_id = w.customer_id AND e.known_at < w.known_at AND e.day >= w.day - 365
LEFT JOIN campaign_day AS c ON c.campaign_id = e.campaign_id AND c.day = w.day
GROUP BY w.touch_id
