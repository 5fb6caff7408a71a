-- One row a moment and asked action that could concern her, and one for each offer of things that she has nothing to do with:
-- the verdict as a reason (0: it may be said), with the terms of its value. `evidence` has the rest, for those who want to know why.
select b.moment_id, b.action_id, b.item_id, b.because_item_id, b.kind, b.priority, b.channel, b.buy_permille, b.use_chance_permille,
  b.gain_millicents, b.worth_millicents, b.cost_millicents, b.attention_millicents, b.value_millicents, o.is_control * a.is_held as is_held_out,
  case
    when o.reason > 0 and (a.is_capped = 1 or o.reason = 1) then o.reason
    when o.pressed_reason > 0 and a.is_capped = 1 then o.pressed_reason
    when h.today > a.until_day then 10
    when a.after_action_id > 0 and (f.last_day is null or f.last_day > h.today - a.after_days) then 11
    when b.way_reason > 0 then b.way_reason
    when b.channel in (1, 2, 5) and (case when h.hour < 0 then a.hour else h.hour end < e.quiet_until_hour
      or case when h.hour < 0 then a.hour else h.hour end >= e.quiet_from_hour) then 14
    when b.item_reason = 15 then 15
    when g.unanswered >= 3 and a.is_capped = 1 then 16
    when a.is_asking = 1 and h.asked_91 >= h.given_91 + 3 then 17
    when a.budget_most > 0 and u.spent >= a.budget_most then 18
    when b.item_reason > 0 then b.item_reason
    when b.use_chance_permille < e.floor_use_permille or b.value_millicents <= 0 then 50
    else 0
  end as reason
from best_item as b
join action as a on a.action_id = b.action_id
join her as h on h.moment_id = b.moment_id
join about_her as o on o.moment_id = b.moment_id
cross join terms as e
left join ignored as g on g.moment_id = b.moment_id and g.kind = a.kind
left join said_action as f on f.moment_id = b.moment_id and f.action_id = a.after_action_id
left join spent_now as u on u.as_of = h.as_of and u.action_id = a.action_id
union all
select h.moment_id, q.action_id, 0 as item_id, 0 as because_item_id, a.kind, a.priority, 0 as channel, 0 as buy_permille, 0 as use_chance_permille,
  0 as gain_millicents, 0 as worth_millicents, 0 as cost_millicents, 0 as attention_millicents, 0 as value_millicents, 0 as is_held_out, 34 as reason
from asked as q
join action as a on a.action_id = q.action_id
join her as h on h.moment_id = q.moment_id
left join offer_touched as o on o.moment_id = q.moment_id and o.action_id = q.action_id
where a.kind = 1 and a.basis in (2, 4) and h.visits_91 >= 5 and h.today >= a.from_day and h.today <= a.until_day and o.moment_id is null
