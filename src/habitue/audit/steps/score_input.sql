-- One row a send: what its score is made of. Units: counts decayed over 90 days, days, shares.
SELECT f.send_id, f.customer_id, f.day, f.item_id > 0 AS is_thing_known, coalesce(f.is_answered, 0) AS is_answered, s.answered_day,
  f.item_decayed / 1000 AS own, f.category_decayed / 1000 * coalesce(h.share, 0) AS near, f.visits_decayed / 1000 AS visits, f.visits_28,
  f.days_since_last, greatest(f.day - first.day, 1) AS days_of_data, coalesce(y.expected, 0) AS expected, coalesce(y.answers, 0) AS answers,
  coalesce(c.sends, 0) AS like_sends, coalesce(c.answers, 0) AS like_answers, coalesce(e.answers / nullif(e.sends, 0), 0) AS rate
FROM found AS f
JOIN send AS s USING (send_id)
CROSS JOIN (SELECT min(day) AS day FROM line_all) AS first
LEFT JOIN item_share AS h
  ON h.item_id = f.item_id AND h.lesson_id = year(make_date(CAST(f.day AS INTEGER))) * 12 + month(make_date(CAST(f.day AS INTEGER))) - 1
LEFT JOIN history AS y ON y.touch_id = f.touch_id
LEFT JOIN main_category AS k ON k.item_id = f.item_id
LEFT JOIN category_day AS c ON c.category_id = k.category_id AND c.day = f.day
LEFT JOIN category_day AS e ON e.category_id = 0 AND e.day = f.day
ORDER BY f.send_id
