-- One row a moment and word that we said to her within a year, over all channels: about what, how long ago, and whether she answered.
with answered as (
  select m.moment_id, a.touch_id
  from moment as m
  join answer as a on a.customer_id = m.customer_id
  where a.known_at < m.as_of
  group by m.moment_id, a.touch_id
)
select m.moment_id, t.touch_id, t.action_id, coalesce(p.type_id, t.item_id) as item_id, t.kind, t.channel, t.day, m.today - t.day as days_ago, t.is_asking,
  case when a.touch_id is null then 0 else 1 end as is_answered
from moment as m
join touch as t on t.customer_id = m.customer_id
left join product as p on p.product_id = t.item_id
left join answered as a on a.moment_id = m.moment_id and a.touch_id = t.touch_id
where t.known_at < m.as_of and t.day >= m.today - 365
