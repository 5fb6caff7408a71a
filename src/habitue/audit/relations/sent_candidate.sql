-- One row a moment and asked action of a past send: the thing that it named, hers or not. Read in place of `candidate` by an audit,
-- for somebody else has chosen already; every guard then judges it as it would judge a candidate of ours.
select m.moment_id, q.action_id, i.item_id, 0 as because_item_id, 0 as because_days_since, coalesce(f.times, 0) as item_times,
  coalesce(f.decayed, 0) as item_decayed, coalesce(f.days_since, 9999) as item_days_since, coalesce(f.gap_days, 0) as item_gap_days,
  coalesce(f.due_permille, 0) as item_due_permille, coalesce(f.is_regular, 0) as item_is_regular, coalesce(f.chance_permille, 0) as item_chance_permille,
  coalesce(f.price_cents, 0) as item_price_cents, coalesce(n.decayed, 0) as category_decayed, t.category_id, t.department_id, t.margin_permille
from asked as q
join moment as m on m.moment_id = q.moment_id
join action_item as i on i.action_id = q.action_id
join thing as t on t.item_id = i.item_id
left join foreseen as f on f.moment_id = q.moment_id and f.item_id = i.item_id
left join affinity as n on n.moment_id = q.moment_id and n.category_id = t.category_id
