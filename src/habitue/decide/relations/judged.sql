-- One row a moment and asked action that could concern her, and one for each offer of things that she has nothing to do with:
-- the verdict as a reason (0: it may be said), with the terms of its value. `evidence` has the rest, for those who want to know why.
select g.moment_id, g.action_id, g.item_id, g.because_item_id, g.kind, g.priority, g.channel, g.buy_permille, g.use_chance_permille,
  g.gain_millicents, g.worth_millicents, g.cost_millicents, g.attention_millicents, g.value_millicents, g.is_held_out,
  case
    when g.her_reason > 0 then g.her_reason
    when g.pressed_reason > 0 then g.pressed_reason
    when g.is_expired = 1 then 10
    when g.is_out_of_sequence = 1 then 11
    when g.way_reason between 1 and 20 or g.way_reason = 23 then g.way_reason
    when g.is_quiet_hour = 1 then 14
    when g.item_reason = 15 then 15
    when g.is_ignored = 1 then 16
    when g.is_asked_too_much = 1 then 17
    when g.is_over_budget = 1 then 18
    when g.way_reason > 20 then g.way_reason
    when g.is_unwelcome_hour = 1 then 22
    when g.is_against_profiling = 1 then 24
    when g.item_reason > 0 then g.item_reason
    when g.is_not_worth = 1 then 50
    else 0
  end as reason
from guarded as g
union all
select u.moment_id, u.action_id, 0 as item_id, 0 as because_item_id, a.kind, a.priority, 0 as channel, 0 as buy_permille, 0 as use_chance_permille,
  0 as gain_millicents, 0 as worth_millicents, 0 as cost_millicents, 0 as attention_millicents, 0 as value_millicents, 0 as is_held_out, case when y.moment_id is null then 34 else 24 end as reason
from untouched as u
join action as a on a.action_id = u.action_id
join her as h on h.moment_id = u.moment_id
left join no_profiling as y on y.moment_id = u.moment_id
where a.kind = 1 and a.basis in (2, 4) and h.today >= a.from_day and h.today <= a.until_day
