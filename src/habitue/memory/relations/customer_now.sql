-- One row a moment: what we knew of its customer then (since when, birthday as month and day, by which ways she can be reached, any pause).
-- Each of her profiles tells what it knew last; she can be reached by whatever any of them names, and the longest pause holds.
with ranked as (
  select m.moment_id, m.customer_id, c.profile_id, c.since_day, c.birthday_mmdd, c.has_email, c.has_sms, c.has_post, c.has_phone, c.control_permille,
    row_number() over (partition by m.moment_id, c.profile_id order by c.known_at desc, c.seq desc) as place
  from moment as m
  join customer as c on c.customer_id = m.customer_id
  where c.known_at < m.as_of
),
told as (
  select r.moment_id, min(r.since_day) as since_day,
    coalesce(max(case when r.profile_id = r.customer_id then nullif(r.birthday_mmdd, 0) end), max(r.birthday_mmdd)) as birthday_mmdd,
    max(r.has_email) as has_email, max(r.has_sms) as has_sms, max(r.has_post) as has_post, max(r.has_phone) as has_phone,
    coalesce(max(case when r.profile_id = r.customer_id then r.control_permille end), max(r.control_permille)) as control_permille
  from ranked as r
  where r.place = 1
  group by r.moment_id
),
pauses as (
  select m.moment_id, p.until_day, row_number() over (partition by m.moment_id, p.profile_id order by p.known_at desc, p.seq desc) as place
  from moment as m
  join pause as p on p.customer_id = m.customer_id
  where p.known_at < m.as_of
),
longest as (
  select p.moment_id, max(p.until_day) as until_day from pauses as p where p.place = 1 group by p.moment_id
)
select t.moment_id, t.since_day, t.birthday_mmdd, t.has_email, t.has_sms, t.has_post, t.has_phone, t.control_permille,
  coalesce(p.until_day, 0) as paused_until_day
from told as t
left join longest as p on p.moment_id = t.moment_id
