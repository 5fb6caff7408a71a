-- One row a moment and neighbourhood (one category, or the few that a leaflet spans) of what was named to her then, from which she has bought:
-- how much it is hers, in thousandths of a decayed purchase. Read in place of `affinity` by an audit; the same sum over types and days.
with named as (
  select distinct q.moment_id, o.category_id
  from asked as q
  join offer_category as o on o.action_id = q.action_id
),
bought as (
  select m.moment_id, m.today, n.category_id, l.type_id, m.today - l.day as age_days
  from moment as m
  join line as l on l.customer_id = m.customer_id
  join neighbour as b on b.type_id = l.type_id
  join named as n on n.moment_id = m.moment_id and n.category_id = b.category_id
  where l.known_at < m.as_of and l.day >= m.today - 730
  group by m.moment_id, m.today, n.category_id, l.type_id, m.today - l.day
  having sum(l.quantity_milli) > 0
)
select b.moment_id, max(b.today) as today, b.category_id, cast(sum(d.weight) as bigint) as decayed, max(b.today - b.age_days) as last_day
from bought as b
join decay as d on d.age_days = b.age_days
group by b.category_id, b.moment_id
