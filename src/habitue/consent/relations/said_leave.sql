-- One row a moment, purpose and channel on which she ever decided: her word that counts (1 yes, 0 no).
-- Where her profiles were taken for one customer, a no of any of them stands until she says yes after that: a merge never brings a consent back.
with said as (
  select m.moment_id, c.purpose, c.channel, c.is_granted, c.known_at, c.joined_at,
    row_number() over (partition by m.moment_id, c.purpose, c.channel order by c.known_at desc, c.seq desc) as place,
    row_number() over (partition by m.moment_id, c.profile_id, c.purpose, c.channel order by c.known_at desc, c.seq desc) as place_in_profile
  from moment as m
  join consent as c on c.customer_id = m.customer_id
  where c.known_at < m.as_of
)
select s.moment_id, s.purpose, s.channel,
  coalesce(max(case when s.place = 1 and s.known_at > s.joined_at then s.is_granted end), min(s.is_granted)) as is_granted
from said as s
where s.place_in_profile = 1
group by s.moment_id, s.purpose, s.channel
