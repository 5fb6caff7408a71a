-- One row a month.
SELECT strftime(make_date(CAST(day AS INTEGER)), '%Y-%m') AS name, count(*) AS sends, count(*) FILTER (is_judged) AS judged, count(*) FILTER (is_fault) AS at_fault,
  count(*) FILTER (is_answered = 1) AS answered, min(day) AS first_day, max(day) AS last_day, {faults}
FROM found
GROUP BY name
ORDER BY name
