-- One row a moment and type that she bought for somebody else within four weeks, what came back taken off: the last day on which she did.
with gift as (
  select m.moment_id, l.type_id as item_id, l.day
  from moment as m
  join line as l on l.customer_id = m.customer_id
  where l.known_at < m.as_of and l.day > m.today - 28 and l.is_gift = 1 and l.type_id > 0
  group by m.moment_id, l.type_id, l.day
  having sum(l.quantity_milli) > 0
)
select g.moment_id, g.item_id, max(g.day) as last_day
from gift as g
group by g.moment_id, g.item_id
