-- One row a moment, product and local day on which she bought it within two years, refunds and corrections taken off, gifts for others left out.
-- Units: age in days before the moment's day, quantity in thousandths, money in cents.
select m.moment_id, l.product_id as item_id, m.today - l.day as age_days,
  cast(sum(l.quantity_milli) as bigint) as quantity_milli, cast(sum(l.amount_cents) as bigint) as amount_cents
from moment as m
join line as l on l.customer_id = m.customer_id
where l.known_at < m.as_of and l.day >= m.today - 730 and l.is_gift = 0 and l.product_id > 0
group by l.product_id, m.today - l.day, m.moment_id
having sum(l.quantity_milli) > 0
