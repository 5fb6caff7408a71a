-- Adds the verdicts of one part: for each send a sum of bits, one a wrong, and likewise which wrongs could be looked for, since the files tell
-- what that needs: an hour, a sender, a text, a thing that the orders know. A service message speaks of what she ordered
-- herself: its thing is never wrong.
INSERT INTO verdict
WITH seen AS (
  SELECT s.*, g.*, v.*, h.*, f.*,
    s.item_id > 0 AS is_thing_known, t.category_id > 0 AS is_category_known, u.action_id IS NOT NULL AS is_untouched,
    k.item_id IS NOT NULL AS is_counted, coalesce(c.is_chosen, false) AS is_chosen, coalesce(i.unanswered, 0) AS ignored
  FROM send AS s
  JOIN guarded AS g ON g.moment_id = s.touch_id AND g.action_id = s.action_id
  JOIN (
    SELECT moment_id AS of_moment_id, action_id AS of_action_id, item_times, item_decayed, item_days_since, own_gap_days,
      category_decayed, price_cents, feeling, feeling_said_day, said_day
    FROM valued_item
  ) AS v ON v.of_moment_id = s.touch_id AND v.of_action_id = s.action_id
  JOIN (
    SELECT moment_id AS her_moment_id, words_7, words_28, unanswered_28, asked_91, given_91, waiting_since_day, visits_91, days_since_last, visits_28, visits_decayed FROM her
  ) AS h ON h.her_moment_id = s.touch_id
  JOIN thing AS t ON t.item_id = s.item_id
  CROSS JOIN told AS f
  LEFT JOIN chosen AS c ON c.touch_id = s.touch_id
  LEFT JOIN untouched AS u ON u.moment_id = s.touch_id AND u.action_id = s.action_id
  LEFT JOIN (SELECT DISTINCT item_id FROM counted_as) AS k ON k.item_id = s.item_id
  LEFT JOIN ignored AS i ON i.moment_id = s.touch_id AND i.kind = CASE WHEN s.kind = 0 THEN 1 ELSE s.kind END
)
SELECT send_id,
  CASE WHEN her_reason = 2 THEN {complaint_open} WHEN her_reason = 3 THEN {waiting_for_our_answer} ELSE 0 END
  + CASE WHEN pressed_reason > 0 THEN {pressed_too_often} ELSE 0 END
  + CASE way_reason WHEN 12 THEN {no_consent} WHEN 13 THEN CASE WHEN bounces AND channel IN (1, 2, 3) THEN {unreachable} ELSE 0 END ELSE 0 END
  + CASE WHEN is_quiet_hour = 1 THEN {quiet_hours} ELSE 0 END
  + CASE WHEN item_stops & 1 > 0 AND kind <> 3 THEN {said_already} ELSE 0 END
  + CASE WHEN answers AND is_ignored = 1 THEN {ignored_lately} ELSE 0 END
  + CASE WHEN kind IN (1, 4) AND is_asked_too_much = 1 THEN {asked_more_than_given} ELSE 0 END
  + CASE WHEN can_answer = 0 THEN {cannot_be_answered} ELSE 0 END
  + CASE WHEN manners = 1 AND NOT is_chosen THEN {first_name_alone} ELSE 0 END
  + CASE WHEN item_stops & 2 > 0 THEN {disliked} ELSE 0 END
  + CASE WHEN item_stops & 4 > 0 THEN {out_of_stock} ELSE 0 END
  + CASE WHEN kind = 3 THEN 0 WHEN item_stops & 8 > 0 THEN {already_bought} WHEN item_stops & 16 > 0 THEN {not_due} ELSE 0 END
  + CASE WHEN is_untouched AND is_category_known AND item_times = 0 AND feeling <= 0 AND kind <> 3 THEN {no_affinity} ELSE 0 END AS faults,
  {pressed_too_often} + {said_already}
  + CASE WHEN messages THEN {complaint_open} + {waiting_for_our_answer} ELSE 0 END
  + CASE WHEN consents THEN {no_consent} ELSE 0 END
  + CASE WHEN bounces AND channel IN (1, 2, 3) THEN {unreachable} ELSE 0 END
  + CASE WHEN hour >= 0 AND channel IN (1, 2, 5) THEN {quiet_hours} ELSE 0 END
  + CASE WHEN answers THEN {ignored_lately} ELSE 0 END
  + CASE WHEN kind > 0 THEN {asked_more_than_given} ELSE 0 END
  + CASE WHEN can_answer IS NOT NULL THEN {cannot_be_answered} ELSE 0 END
  + CASE WHEN manners IS NOT NULL THEN {first_name_alone} ELSE 0 END
  + CASE WHEN preferences AND is_thing_known THEN {disliked} ELSE 0 END
  + CASE WHEN is_counted THEN {out_of_stock} ELSE 0 END
  + CASE WHEN is_thing_known AND kind <> 3 THEN {already_bought} + {not_due} ELSE 0 END
  + CASE WHEN is_thing_known AND kind <> 3 AND (item_times > 0 OR category_decayed > 0 OR (is_category_known AND visits_91 >= 5)) THEN {no_affinity} ELSE 0 END AS looked_for,
  item_times, item_decayed, item_days_since, own_gap_days, category_decayed, price_cents, feeling_said_day, said_day,
  words_7, words_28, unanswered_28, asked_91, given_91, ignored, waiting_since_day, visits_91, days_since_last, visits_28, visits_decayed
FROM seen
