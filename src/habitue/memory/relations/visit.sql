-- One row a moment and local day on which she bought anything within two years: how many baskets, how many of them on the web and by telephone, for how much.
with known as (
  select m.moment_id, m.today, b.day, b.weekday, b.order_id, b.place, cast(sum(b.amount_cents) as bigint) as amount_cents
  from moment as m
  join basket as b on b.customer_id = m.customer_id
  where b.known_at < m.as_of and b.day >= m.today - 730
  group by m.moment_id, m.today, b.day, b.weekday, b.order_id, b.place
  having sum(b.quantity_milli) > 0
)
select k.moment_id, k.today, k.day, k.weekday, count(*) as baskets,
  cast(sum(case when k.place = 2 then 1 else 0 end) as bigint) as web_baskets,
  cast(sum(case when k.place = 3 then 1 else 0 end) as bigint) as phone_baskets,
  cast(sum(k.amount_cents) as bigint) as amount_cents
from known as k
group by k.moment_id, k.today, k.day, k.weekday
