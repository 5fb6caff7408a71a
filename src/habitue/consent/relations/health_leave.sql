-- One row a moment whose customer ever decided whether we may keep what touches her health (purpose 5), by whatever way she told us: her word that counts (1 yes, 0 no).
-- Where her profiles were taken for one customer, a no of any of them stands until she says yes after that.
with said as (
  select m.moment_id, c.is_granted, c.known_at, c.joined_at,
    row_number() over (partition by m.moment_id order by c.known_at desc, c.seq desc) as place,
    row_number() over (partition by m.moment_id, c.profile_id order by c.known_at desc, c.seq desc) as place_in_profile
  from moment as m
  join consent as c on c.customer_id = m.customer_id
  where c.purpose = 5 and c.known_at < m.as_of
)
select s.moment_id,
  coalesce(max(case when s.place = 1 and s.known_at > s.joined_at then s.is_granted end), min(s.is_granted)) as is_granted
from said as s
where s.place_in_profile = 1
group by s.moment_id
