-- One row a moment, thing that was named to her then and local day on which she bought any of it within two years, refunds and corrections taken off.
-- Read in place of `bought_type` by an audit: a send may name a product, a type, a category or a leaflet of many products, and is judged by just that.
-- Units: age in days before the moment's day, quantity in thousandths, money in cents.
with named as (
  select distinct q.moment_id, i.item_id
  from asked as q
  join action_item as i on i.action_id = q.action_id
)
select m.moment_id, c.item_id, m.today - l.day as age_days,
  cast(sum(l.quantity_milli) as bigint) as quantity_milli, cast(sum(l.amount_cents) as bigint) as amount_cents
from moment as m
join line as l on l.customer_id = m.customer_id
join covers as c on c.product_id = l.product_id
join named as n on n.moment_id = m.moment_id and n.item_id = c.item_id
where l.known_at < m.as_of and l.day >= m.today - 730
group by c.item_id, m.today - l.day, m.moment_id
having sum(l.quantity_milli) > 0
