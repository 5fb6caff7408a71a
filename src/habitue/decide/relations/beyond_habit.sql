-- One row a moment, action and thing beyond her habits: in a category of hers and never bought nor given back (basis 4), or given back (basis 5).
select n.moment_id, ai.action_id, ai.item_id, ai.because_item_id, 0 as because_days_since, 0 as because_times,
  0 as times, 0 as times_28, 0 as decayed, 9999 as days_since, 0 as gap_days, 0 as due_permille, 0 as chance_permille, 0 as price_cents,
  0 as is_regular, n.decayed as category_decayed, i.category_id, i.department_id, i.margin_permille
from affinity as n
cross join near_item as ai
cross join open_action as t
left join habit as f on f.moment_id = n.moment_id and f.item_id = ai.item_id
left join returned as rt on rt.moment_id = n.moment_id and rt.item_id = ai.item_id
cross join thing as i
where n.decayed >= 2000 and ai.because_item_id = n.category_id and t.action_id = ai.action_id and t.basis = 4 and t.today = n.today
  and i.item_id = ai.item_id and f.item_id is null and rt.item_id is null
union all
select rt.moment_id, ai.action_id, rt.item_id, 0 as because_item_id, 0 as because_days_since, 0 as because_times,
  coalesce(f.times, 0) as times, coalesce(f.times_28, 0) as times_28, coalesce(f.decayed, 0) as decayed, coalesce(f.days_since, 9999) as days_since,
  coalesce(f.gap_days, 0) as gap_days, coalesce(f.due_permille, 0) as due_permille, coalesce(f.chance_permille, 0) as chance_permille,
  coalesce(f.price_cents, 0) as price_cents, coalesce(f.is_regular, 0) as is_regular, coalesce(n.decayed, 0) as category_decayed,
  i.category_id, i.department_id, i.margin_permille
from returned as rt
cross join action_item as ai
cross join open_action as t
cross join thing as i
left join foreseen as f on f.moment_id = rt.moment_id and f.item_id = rt.item_id
left join affinity as n on n.moment_id = rt.moment_id and n.category_id = i.category_id
where ai.item_id = rt.item_id and t.action_id = ai.action_id and t.basis = 5 and t.today = rt.today and i.item_id = rt.item_id
