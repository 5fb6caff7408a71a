-- One row a moment and type of which she gave something back within 13 weeks, bought within two years: the last day on which she did. Money alone is no return.
with back as (
  select m.moment_id, m.today, l.type_id as item_id, l.returned_day
  from moment as m
  join line as l on l.customer_id = m.customer_id
  where l.known_at < m.as_of and l.day >= m.today - 730 and l.returned_day > m.today - 91 and l.type_id > 0
  group by m.moment_id, m.today, l.type_id, l.returned_day
  having sum(l.quantity_milli) < 0
)
select b.moment_id, b.today, b.item_id, max(b.returned_day) as last_day
from back as b
group by b.moment_id, b.today, b.item_id
