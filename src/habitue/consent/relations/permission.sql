-- One row a moment, purpose and channel on which she ever decided: her latest word (1 yes, 0 no).
with ranked as (
  select m.moment_id, c.purpose, c.channel, c.is_granted,
    row_number() over (partition by m.moment_id, c.purpose, c.channel order by c.known_at desc, c.seq desc) as place
  from moment as m
  join consent as c on c.customer_id = m.customer_id
  where c.known_at < m.as_of
)
select r.moment_id, r.purpose, r.channel, r.is_granted from ranked as r where r.place = 1
