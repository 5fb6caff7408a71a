-- One row a moment and thing that she bought within the seven days from the moment's day on. Hindsight: for lessons and replays, never for a judgement.
-- What came back, whenever it did, was not bought; nor was a gift for somebody else.
with after as (
  select m.moment_id, l.type_id as item_id
  from moment as m
  join line as l on l.customer_id = m.customer_id
  where l.day >= m.today and l.day < m.today + 7 and l.type_id > 0 and l.is_gift = 0
  group by m.moment_id, l.type_id, l.day
  having sum(l.quantity_milli) > 0
)
select distinct a.moment_id, a.item_id from after as a
