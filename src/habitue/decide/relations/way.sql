-- One row a moment and route (a purpose with channels in order of preference): the first channel that she allows and that reaches her; else why there is none.
-- reason: 0 there is a way, 12 no_consent, 13 unreachable, 21 unwelcome_way, 23 lapsed. The counter (channel 4) and service messages (purpose 4) need no consent but respect a no.
-- The best is the smallest of one number: what is missing (0 nothing, 1 an address, 2 she does not want that way, 3 a sign of hers in years, 4 her consent), then the place in the order, then the channel.
-- `basis` is what makes it lawful, as in `permission`, 0 where nothing has to.
with each_way as (
  select h.moment_id, r.route_id,
    (case when coalesce(p.is_granted, case when r.channel = 4 or r.purpose = 4 then 1 else 0 end) = 0 then 4
      when l.moment_id is not null and r.purpose <= 3 and r.channel in (1, 2, 3, 5) then 3
      when d.channel is not null then 2
      when case r.channel when 1 then h.has_email when 2 then h.has_sms when 3 then h.has_post when 5 then h.has_phone
        when 4 then case when h.days_since_last <= 91 then 1 else 0 end
        else 1 end = 0 then 1
      else 0 end * 100 + r.place) * 10 + r.channel as ranking
  from her as h
  cross join route as r
  left join permission as p on p.moment_id = h.moment_id and p.purpose = r.purpose and p.channel = r.channel
  left join refused_way as d on d.moment_id = h.moment_id and d.channel = r.channel
  left join lapsed as l on l.moment_id = h.moment_id
),
best as (
  select e.moment_id, e.route_id, min(e.ranking) as ranking
  from each_way as e
  group by e.moment_id, e.route_id
)
select b.moment_id, b.route_id, r.channel, r.cost_millicents,
  case b.ranking // 1000 when 0 then 0 when 1 then 13 when 2 then 21 when 3 then 23 else 12 end as reason,
  coalesce(p.basis, 0) as basis
from best as b
join route as r on r.route_id = b.route_id and r.place = b.ranking // 10 - (b.ranking // 1000) * 100
left join permission as p on p.moment_id = b.moment_id and p.purpose = r.purpose and p.channel = r.channel
