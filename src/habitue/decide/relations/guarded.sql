-- One row a moment and asked action that could be said, with its best thing and what each guard says of it by itself: 0 lets it pass.
-- `judged` takes the first that says no; an audit shows them all.
select b.moment_id, b.action_id, b.item_id, b.because_item_id, b.kind, b.priority, b.channel, b.buy_permille, b.use_chance_permille,
  b.gain_millicents, b.worth_millicents, b.cost_millicents, b.attention_millicents, b.value_millicents, o.is_control * a.is_held as is_held_out,
  case when a.is_capped = 1 or o.reason = 1 then o.reason else 0 end as her_reason,
  case when a.is_capped = 1 then o.pressed_reason else 0 end as pressed_reason,
  case when h.today > a.until_day then 1 else 0 end as is_expired,
  case when a.after_action_id > 0 and (f.last_day is null or f.last_day > h.today - a.after_days) then 1 else 0 end as is_out_of_sequence,
  b.way_reason,
  case when b.channel in (1, 2, 5) and (case when h.hour < 0 then a.hour else h.hour end < e.quiet_until_hour
    or case when h.hour < 0 then a.hour else h.hour end >= e.quiet_from_hour) then 1 else 0 end as is_quiet_hour,
  case when b.channel in (1, 2, 5) and v.at_hour is not null then 1 else 0 end as is_unwelcome_hour,
  case when g.unanswered >= 3 and a.is_capped = 1 then 1 else 0 end as is_ignored,
  case when a.is_asking = 1 and h.asked_91 >= h.given_91 + 3 then 1 else 0 end as is_asked_too_much,
  case when a.budget_most > 0 and u.spent >= a.budget_most then 1 else 0 end as is_over_budget,
  case when a.is_reckoned = 1 and y.moment_id is not null then 1 else 0 end as is_against_profiling,
  b.item_reason, b.item_stops,
  case when b.use_chance_permille < e.floor_use_permille or b.value_millicents <= 0 then 1 else 0 end as is_not_worth
from best_item as b
join action as a on a.action_id = b.action_id
join her as h on h.moment_id = b.moment_id
join about_her as o on o.moment_id = b.moment_id
cross join terms as e
left join ignored as g on g.moment_id = b.moment_id and g.kind = a.kind
left join said_action as f on f.moment_id = b.moment_id and f.action_id = a.after_action_id
left join refused_hour as v on v.moment_id = b.moment_id and v.at_hour = case when h.hour < 0 then a.hour else h.hour end
left join no_profiling as y on y.moment_id = b.moment_id
left join spent_now as u on u.as_of = h.as_of and u.action_id = a.action_id
