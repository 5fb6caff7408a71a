-- One row a moment whose customer has given no sign for as many days as the rules of the country count: no purchase, no answer to a word of ours, no visit when we
-- knew that it was her, no yes, nothing that she told us, asked us or wrote to us. That an e-mail was opened is no sign. Who bought within two years is not looked
-- at any further.
with silent as (
  select h.moment_id, h.customer_id, h.as_of, h.today - r.lapse_days as first_day
  from lapse_rule as r
  cross join her as h
  where h.today >= r.from_day and h.today < r.until_day and h.days_since_last > 730 and h.days_first > r.lapse_days
),
sign as (
  select q.moment_id
  from silent as q
  join basket as b on b.customer_id = q.customer_id
  where b.known_at < q.as_of and b.day >= q.first_day and b.quantity_milli > 0
  union all
  select q.moment_id
  from silent as q
  join answer as a on a.customer_id = q.customer_id
  where a.known_at < q.as_of and a.day >= q.first_day
  union all
  select q.moment_id
  from silent as q
  join consent as c on c.customer_id = q.customer_id
  where c.known_at < q.as_of and c.is_granted = 1 and c.known_at // 86400 >= q.first_day
  union all
  select q.moment_id
  from silent as q
  join preference as p on p.customer_id = q.customer_id
  where p.known_at < q.as_of and p.told = 1 and p.said_day >= q.first_day
  union all
  select q.moment_id
  from silent as q
  join pause as u on u.customer_id = q.customer_id
  where u.known_at < q.as_of and u.known_at // 86400 >= q.first_day
  union all
  select q.moment_id
  from silent as q
  join conversation as v on v.customer_id = q.customer_id
  where v.known_at < q.as_of and v.is_open = 1 and v.day >= q.first_day
  union all
  select q.moment_id
  from silent as q
  join seen as s on s.customer_id = q.customer_id
  where s.known_at < q.as_of and s.day >= q.first_day
),
heard as (
  select distinct s.moment_id from sign as s
)
select distinct q.moment_id
from silent as q
left join heard as s on s.moment_id = q.moment_id
where s.moment_id is null
