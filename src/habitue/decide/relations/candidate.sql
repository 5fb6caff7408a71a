-- One row a moment, asked action and thing that it could be about. Basis 1: about no thing; 2: a thing she buys; 3: a thing that goes with one she has just bought;
-- 4: a thing she never bought nor gave back, in a category of hers; 5: a thing of which she gave something back. Without affinity (a fifth of a purchase for a thing, two for a category, decayed) there is no candidate.
-- Cross joins keep the order in which one customer's few rows meet the book's many.
with possible as (
  select m.moment_id, t.action_id, 0 as item_id, 0 as because_item_id, 0 as because_days_since, 0 as because_times,
    0 as times, 0 as times_28, 0 as decayed, 9999 as days_since, 0 as gap_days, 0 as due_permille, 0 as chance_permille, 0 as price_cents,
    0 as is_regular, 0 as category_decayed, 0 as category_id, 0 as department_id, 0 as margin_permille
  from moment as m
  join open_action as t on t.today = m.today
  where t.basis = 1
  union all
  select f.moment_id, ai.action_id, f.item_id, 0 as because_item_id, 0 as because_days_since, 0 as because_times,
    f.times, f.times_28, f.decayed, f.days_since, f.gap_days, f.due_permille, f.chance_permille, f.price_cents, f.is_regular, n.decayed as category_decayed,
    i.category_id, i.department_id, i.margin_permille
  from foreseen as f
  cross join action_item as ai
  cross join open_action as t
  cross join thing as i
  cross join affinity as n
  where f.decayed >= 200 and ai.item_id = f.item_id and t.action_id = ai.action_id and t.basis = 2 and t.today = f.today
    and i.item_id = f.item_id and n.moment_id = f.moment_id and n.category_id = i.category_id
  union all
  select b.moment_id, ai.action_id, ai.item_id, ai.because_item_id, b.days_since as because_days_since, b.times as because_times,
    coalesce(f.times, 0) as times, coalesce(f.times_28, 0) as times_28, coalesce(f.decayed, 0) as decayed, coalesce(f.days_since, 9999) as days_since,
    coalesce(f.gap_days, 0) as gap_days, coalesce(f.due_permille, 0) as due_permille, coalesce(f.chance_permille, 0) as chance_permille,
    coalesce(f.price_cents, 0) as price_cents, coalesce(f.is_regular, 0) as is_regular, coalesce(n.decayed, 0) as category_decayed,
    i.category_id, i.department_id, i.margin_permille
  from habit as b
  cross join action_item as ai
  cross join open_action as t
  cross join thing as i
  left join foreseen as f on f.moment_id = b.moment_id and f.item_id = ai.item_id
  left join affinity as n on n.moment_id = b.moment_id and n.category_id = i.category_id
  where ai.because_item_id = b.item_id and t.action_id = ai.action_id and t.basis = 3 and t.today = b.today and b.days_since <= t.because_days
    and i.item_id = ai.item_id
  union all
  select y.moment_id, y.action_id, y.item_id, y.because_item_id, y.because_days_since, y.because_times, y.times, y.times_28, y.decayed, y.days_since,
    y.gap_days, y.due_permille, y.chance_permille, y.price_cents, y.is_regular, y.category_decayed, y.category_id, y.department_id, y.margin_permille
  from beyond_habit as y
),
featured as (
  select p.moment_id, p.action_id, p.item_id, p.because_item_id, p.because_days_since, p.because_times,
    h.days_since_first, h.days_since_last, h.baskets_28, h.baskets_91, h.baskets_365, h.gap_days, h.late_permille, h.spend_28_cents,
    h.spend_365_cents, h.is_regular, h.weekday, h.usual_weekday, h.birthday_in_days, h.months_as_customer, h.anniversary_in_days,
    h.words_7, h.words_28, h.unanswered_28, h.web_baskets_91,
    p.times as item_times, p.times_28 as item_times_28, p.decayed as item_decayed, p.days_since as item_days_since, p.gap_days as item_gap_days,
    p.due_permille as item_due_permille, p.chance_permille as item_chance_permille, p.price_cents as item_price_cents,
    p.is_regular as item_is_regular, coalesce(h.today - rt.last_day, 9999) as days_since_return, p.category_decayed, p.category_id, p.department_id, p.margin_permille
  from possible as p
  cross join her as h
  left join returned as rt on rt.moment_id = p.moment_id and rt.item_id = p.item_id
  where h.moment_id = p.moment_id
)
select c.moment_id, c.action_id, c.item_id, c.because_item_id, c.because_days_since, c.item_times, c.item_decayed, c.item_days_since,
  c.item_gap_days, c.item_due_permille, c.item_is_regular, c.item_chance_permille, c.item_price_cents, c.category_decayed,
  c.category_id, c.department_id, c.margin_permille
from featured as c
cross join asked as q
where q.moment_id = c.moment_id and q.action_id = c.action_id and whom(c.action_id)
