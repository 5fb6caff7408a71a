-- One row an instant that is asked about and a thing whose stock was ever counted: how many were left by the last count before it.
-- Products that are counted one by one add up to their type.
with instant as (
  select distinct m.as_of from moment as m
),
ranked as (
  select n.as_of, s.item_id, s.units, row_number() over (partition by n.as_of, s.item_id order by s.known_at desc, s.seq desc) as place
  from instant as n
  join stock as s on s.known_at < n.as_of
)
select r.as_of, cast(coalesce(p.type_id, r.item_id) as bigint) as item_id, cast(sum(r.units) as bigint) as units
from ranked as r
left join product as p on p.product_id = r.item_id
where r.place = 1
group by r.as_of, coalesce(p.type_id, r.item_id)
