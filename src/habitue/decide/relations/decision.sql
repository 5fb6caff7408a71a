-- One row a moment: the one word worth saying (reason 0), or silence with the reason that best explains it. Where the control group stays silent, the word is kept.
-- A word that must wait for another explains no silence. Ties: value, then priority, then the action's number. A reason about her comes first, else what stopped her most valuable action.
with wished as (
  select j.moment_id, j.reason, j.action_id, j.item_id, j.value_millicents,
    row_number() over (partition by j.moment_id order by j.value_millicents desc, j.priority desc, j.action_id) as place
  from judged as j
  where j.reason > 0 and j.reason <> 11 and j.value_millicents > 0
),
counts as (
  select j.moment_id, cast(sum(case when j.reason = 0 then 1 else 0 end) as bigint) as allowed
  from judged as j
  group by j.moment_id
)
select m.moment_id, m.customer_id,
  case
    when a.moment_id is not null and a.is_held_out = 1 then 52
    when a.moment_id is not null then 0
    when o.reason > 0 then o.reason
    when o.pressed_reason > 0 then o.pressed_reason
    else coalesce(w.reason, 50)
  end as reason,
  coalesce(a.action_id, w.action_id, 0) as action_id, coalesce(a.item_id, w.item_id, 0) as item_id,
  coalesce(a.because_item_id, 0) as because_item_id, coalesce(a.kind, 0) as kind, coalesce(a.channel, 0) as channel,
  coalesce(a.value_millicents, 0) as value_millicents, coalesce(a.gain_millicents, 0) as gain_millicents,
  coalesce(a.worth_millicents, 0) as worth_millicents, coalesce(a.cost_millicents, 0) as cost_millicents,
  coalesce(a.attention_millicents, 0) as attention_millicents, coalesce(a.buy_permille, 0) as buy_permille,
  coalesce(a.use_chance_permille, 0) as use_chance_permille, coalesce(c.allowed, 0) as allowed
from moment as m
join about_her as o on o.moment_id = m.moment_id
left join allowed as a on a.moment_id = m.moment_id and a.place = 1
left join wished as w on w.moment_id = m.moment_id and w.place = 1
left join counts as c on c.moment_id = m.moment_id
