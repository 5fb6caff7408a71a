-- One row a send for whoever wants to count for himself: its line in the file of sends, to whom, when, about what, the verdict and its evidence.
SELECT f.line, f.rows AS same_rows, k.key AS customer, make_date(CAST(f.day AS INTEGER)) AS day, CASE WHEN f.hour >= 0 THEN f.hour END AS hour,
  CASE f.channel WHEN 1 THEN 'email' WHEN 2 THEN 'sms' WHEN 3 THEN 'post' WHEN 4 THEN 'shop' WHEN 5 THEN 'phone' ELSE 'site' END AS channel,
  c.key AS campaign, n.text AS thing, f.is_answered, f.is_judged, f.is_fault, CASE WHEN NOT f.is_judged THEN f.why_unjudged END AS why_unjudged,
  round(s.score, 4) AS score, {wrongs},
  f.item_times AS times_bought_before, CASE WHEN f.item_times > 0 THEN f.item_days_since END AS days_since_bought, nullif(f.own_gap_days, 0) AS usual_gap_days,
  f.words_7 AS words_in_7_days, f.words_28 AS words_in_28_days, f.asked_91 AS asked_in_91_days, f.given_91 AS given_in_91_days,
  f.visits_91 AS days_bought_in_91_days, CASE WHEN f.said_day > 0 THEN make_date(f.said_day) END AS same_said_on,
  CASE WHEN f.waiting_since_day > 0 THEN make_date(f.waiting_since_day) END AS waiting_since
FROM found AS f
JOIN customer_key AS k USING (customer_id)
JOIN campaign AS c USING (campaign_id)
LEFT JOIN named AS n ON n.item_id = f.named_id
LEFT JOIN score AS s USING (send_id)
ORDER BY f.line
