-- One row an instant and thing that was named then and whose stock is counted: how much was left of all of it by the last counts before.
-- Read in place of `stock_now` by an audit, which asks about a million instants.
with named as (
  select distinct m.as_of, i.item_id
  from asked as q
  join moment as m on m.moment_id = q.moment_id
  join action_item as i on i.action_id = q.action_id
),
ranked as (
  select n.as_of, n.item_id, s.units, row_number() over (partition by n.as_of, n.item_id, s.item_id order by s.known_at desc, s.seq desc) as place
  from named as n
  join counted_as as c on c.item_id = n.item_id
  join stock as s on s.item_id = c.counted_id
  where s.known_at < n.as_of
)
select r.as_of, r.item_id, cast(sum(r.units) as bigint) as units
from ranked as r
where r.place = 1
group by r.as_of, r.item_id
