-- One row a moment, asked action and thing that it could be about. Basis 1: about no thing; 2: a thing she buys; 3: a thing that goes with one she has just bought;
-- 4: a thing she never bought, in a category of hers. Without affinity (a fifth of a purchase for a thing, two for a category, decayed) there is no candidate.
-- Comma-free cross joins keep the order in which one customer's few rows meet the book's many.
with possible as (
  select q.moment_id, q.action_id, 0 as item_id, 0 as because_item_id, 0 as because_days_since, 0 as because_times
  from asked as q
  join action as a on a.action_id = q.action_id
  where a.basis = 1
  union all
  select f.moment_id, ai.action_id, ai.item_id, 0 as because_item_id, 0 as because_days_since, 0 as because_times
  from foreseen as f
  cross join action_item as ai
  cross join action as a
  cross join asked as q
  where f.decayed >= 200 and ai.item_id = f.item_id and a.action_id = ai.action_id and a.basis = 2
    and q.moment_id = f.moment_id and q.action_id = ai.action_id
  union all
  select b.moment_id, ai.action_id, ai.item_id, ai.because_item_id, b.days_since as because_days_since, b.times as because_times
  from foreseen as b
  cross join action_item as ai
  cross join action as a
  cross join asked as q
  where ai.because_item_id = b.item_id and a.action_id = ai.action_id and a.basis = 3 and b.days_since <= a.because_days
    and q.moment_id = b.moment_id and q.action_id = ai.action_id
  union all
  select n.moment_id, ai.action_id, ai.item_id, ai.because_item_id, 0 as because_days_since, 0 as because_times
  from affinity as n
  cross join near_item as ai
  cross join action as a
  cross join asked as q
  left join foreseen as f on f.moment_id = n.moment_id and f.item_id = ai.item_id
  where n.decayed >= 2000 and ai.because_item_id = n.category_id and a.action_id = ai.action_id and a.basis = 4
    and q.moment_id = n.moment_id and q.action_id = ai.action_id and f.item_id is null
),
featured as (
  select p.moment_id, p.action_id, p.item_id, p.because_item_id, p.because_days_since, p.because_times,
    h.days_since_first, h.days_since_last, h.baskets_28, h.baskets_91, h.baskets_365, h.gap_days, h.late_permille, h.spend_28_cents,
    h.spend_365_cents, h.is_regular, h.weekday, h.usual_weekday, h.birthday_in_days, h.months_as_customer, h.anniversary_in_days,
    h.today, h.words_7, h.words_28, h.unanswered_28, h.web_baskets_91, h.lesson_id, h.as_of,
    coalesce(f.times, 0) as item_times, coalesce(f.times_28, 0) as item_times_28, coalesce(f.decayed, 0) as item_decayed,
    coalesce(f.days_since, 9999) as item_days_since, coalesce(f.gap_days, 0) as item_gap_days, coalesce(f.due_permille, 0) as item_due_permille,
    coalesce(f.chance_permille, 0) as item_chance_permille, coalesce(f.price_cents, 0) as item_price_cents,
    coalesce(f.is_regular, 0) as item_is_regular, coalesce(n.decayed, 0) as category_decayed
  from possible as p
  join her as h on h.moment_id = p.moment_id
  left join foreseen as f on f.moment_id = p.moment_id and f.item_id = p.item_id
  left join item as i on i.item_id = p.item_id
  left join affinity as n on n.moment_id = p.moment_id and n.category_id = i.parent_id
)
select c.moment_id, c.action_id, c.item_id, c.because_item_id, c.because_days_since, c.as_of, c.lesson_id, c.item_times, c.item_decayed, c.item_days_since,
  c.item_gap_days, c.item_due_permille, c.item_is_regular, c.item_chance_permille, c.item_price_cents, c.category_decayed, c.words_28, c.unanswered_28
from featured as c
join action as a on a.action_id = c.action_id
join action_weekday as d on d.action_id = c.action_id and d.weekday = c.weekday
where c.today >= a.from_day and whom(c.action_id)
