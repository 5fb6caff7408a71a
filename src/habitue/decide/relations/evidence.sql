-- One row a verdict, with everything that speaks for it or against it: what she bought when, what was said when, what she waits for.
select j.*, a.basis, coalesce(b.because_days_since, 0) as because_days_since, coalesce(b.item_times, 0) as item_times,
  coalesce(b.item_days_since, 0) as item_days_since, coalesce(b.own_gap_days, 0) as own_gap_days, coalesce(b.item_due_permille, 0) as item_due_permille,
  coalesce(b.item_decayed, 0) as item_decayed, coalesce(b.category_decayed, 0) as category_decayed,
  coalesce(b.feeling_said_day, 0) as feeling_said_day, coalesce(b.feeling_told, 0) as feeling_told,
  coalesce(b.gift_day, 0) as gift_day, coalesce(b.returned_day, 0) as returned_day, coalesce(b.said_day, 0) as said_day, coalesce(b.price_cents, 0) as price_cents,
  coalesce(b.margin_permille, 0) as margin_permille, coalesce(b.factor_permille, 0) as factor_permille, coalesce(g.unanswered, 0) as ignored,
  case when h.hour < 0 then a.hour else h.hour end as at_hour, h.words_7, h.words_28, h.unanswered_28, h.asked_91, h.given_91,
  h.waiting_since_day, h.paused_until_day, h.birthday_in_days, h.anniversary_in_days, h.gap_days, h.late_permille, h.days_since_last,
  h.baskets_91, h.baskets_365, h.days_since_first
from judged as j
join action as a on a.action_id = j.action_id
join her as h on h.moment_id = j.moment_id
left join valued_item as b on b.moment_id = j.moment_id and b.action_id = j.action_id and b.item_id = j.item_id and b.because_item_id = j.because_item_id
left join ignored as g on g.moment_id = j.moment_id and g.kind = a.kind
