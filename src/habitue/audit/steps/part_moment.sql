-- One moment for every message to the customers of one part.
CREATE OR REPLACE TEMP TABLE moment AS
SELECT touch_id AS moment_id, customer_id, known_at AS as_of, day AS today, hour, (day + 3) % 7 + 1 AS weekday,
  CAST(year(make_date(CAST(day AS INTEGER))) * 12 + month(make_date(CAST(day AS INTEGER))) - 1 AS BIGINT) AS lesson_id, 0 AS wheel_permille
FROM message
WHERE part = {part}
