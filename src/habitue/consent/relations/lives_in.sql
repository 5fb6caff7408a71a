-- One row a moment: by the law of which country its customer is written to, as a number; 0 where none of her profiles told of one, and the house's own counts.
-- Each profile tells where it was last said to live; where they name two countries, it is -1, which has no rules: then her yes is asked, as by the strictest.
with told as (
  select m.moment_id, c.country, row_number() over (partition by m.moment_id, c.profile_id order by c.known_at desc, c.seq desc) as place
  from moment as m
  join customer as c on c.customer_id = m.customer_id
  where c.known_at < m.as_of
)
select t.moment_id, case when min(nullif(t.country, 0)) < max(t.country) then -1 else max(t.country) end as country
from told as t
where t.place = 1
group by t.moment_id
