-- One row a moment and thing of which she told us what she thinks: her latest word (-1 she cannot stand it, 1 she loves it).
-- What she says of one product stands for its type, where that is known, since words are about types.
with ranked as (
  select m.moment_id, coalesce(nullif(o.type_id, 0), p.item_id) as item_id, p.feeling, p.said_day,
    row_number() over (partition by m.moment_id, coalesce(nullif(o.type_id, 0), p.item_id) order by p.known_at desc, p.seq desc) as place
  from moment as m
  join preference as p on p.customer_id = m.customer_id
  left join product as o on o.product_id = p.item_id
  where p.known_at < m.as_of
)
select r.moment_id, r.item_id, r.feeling, r.said_day from ranked as r where r.place = 1
