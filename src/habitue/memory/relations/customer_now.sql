-- One row a moment: what we knew of its customer then (since when, birthday as month and day, by which ways she can be reached, any pause).
with ranked as (
  select m.moment_id, c.since_day, c.birthday_mmdd, c.has_email, c.has_sms, c.has_post, c.has_phone, c.control_permille,
    row_number() over (partition by m.moment_id order by c.known_at desc, c.seq desc) as place
  from moment as m
  join customer as c on c.customer_id = m.customer_id
  where c.known_at < m.as_of
),
pauses as (
  select m.moment_id, p.until_day, row_number() over (partition by m.moment_id order by p.known_at desc, p.seq desc) as place
  from moment as m
  join pause as p on p.customer_id = m.customer_id
  where p.known_at < m.as_of
)
select r.moment_id, r.since_day, r.birthday_mmdd, r.has_email, r.has_sms, r.has_post, r.has_phone, r.control_permille,
  coalesce(p.until_day, 0) as paused_until_day
from ranked as r
left join pauses as p on p.moment_id = r.moment_id and p.place = 1
where r.place = 1
