-- One row a moment, purpose and channel on which she decided, or of which the rules of her country say that no yes is needed: whether we may (1 yes, 0 no),
-- and what makes it so (`basis`: 1 her word, 2 that she bought the like of it and could refuse, 3 that she was told she may refuse).
-- Without her yes only to who has bought since the day on which the brand began to tell it, and who has refused nothing by that way, nor that purpose by any.
with free as (
  select m.moment_id, r.purpose, r.channel, min(r.basis) as basis
  from leave_rule as r
  join lives_in as l on l.country = r.country
  join moment as m on m.moment_id = l.moment_id
  join basket as b on b.customer_id = m.customer_id
  where m.today >= r.from_day and m.today < r.until_day and b.known_at < m.as_of and b.day >= r.told_day and b.quantity_milli > 0
  group by m.moment_id, r.purpose, r.channel
),
spoken as (
  select distinct f.moment_id, f.purpose, f.channel
  from free as f
  join said_leave as s on s.moment_id = f.moment_id
  where (s.purpose = f.purpose and s.channel = f.channel) or (s.is_granted = 0 and s.purpose <= 4 and (s.purpose = f.purpose or s.channel = f.channel))
)
select s.moment_id, s.purpose, s.channel, s.is_granted, 1 as basis
from said_leave as s
union all
select f.moment_id, f.purpose, f.channel, 1 as is_granted, f.basis
from free as f
left join spoken as n on n.moment_id = f.moment_id and n.purpose = f.purpose and n.channel = f.channel
where n.moment_id is null
