-- One row a moment and thing that she bought within the seven days from the moment's day on. Hindsight: for lessons and replays, never for a judgement.
select distinct m.moment_id, l.type_id as item_id
from moment as m
join line as l on l.customer_id = m.customer_id
where l.day >= m.today and l.day < m.today + 7 and l.quantity_milli > 0 and l.type_id > 0
