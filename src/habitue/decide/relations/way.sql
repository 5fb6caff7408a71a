-- One row a moment and route (a purpose with channels in order of preference): the first channel that she allows and that reaches her; else why there is none.
-- reason: 0 there is a way, 12 no_consent, 13 unreachable. The counter (channel 4) and service messages (purpose 4) need no consent but respect a no.
with each_way as (
  select h.moment_id, r.route_id, r.place, r.channel, r.cost_millicents,
    coalesce(p.is_granted, case when r.channel = 4 or r.purpose = 4 then 1 else 0 end) as is_granted,
    case r.channel when 1 then h.has_email when 2 then h.has_sms when 3 then h.has_post when 5 then h.has_phone
      when 4 then case when h.days_since_last <= 91 then 1 else 0 end
      else 1 end as is_reached
  from her as h
  cross join route as r
  left join permission as p on p.moment_id = h.moment_id and p.purpose = r.purpose and p.channel = r.channel
),
ranked as (
  select e.moment_id, e.route_id, e.channel, e.cost_millicents, e.is_granted, e.is_reached,
    row_number() over (partition by e.moment_id, e.route_id order by e.is_granted * e.is_reached desc, e.is_granted desc, e.place) as place
  from each_way as e
)
select r.moment_id, r.route_id, r.channel, r.cost_millicents,
  case when r.is_granted * r.is_reached = 1 then 0 when r.is_granted = 1 then 13 else 12 end as reason
from ranked as r
where r.place = 1
