-- One row a moment whose visits of the last 26 weeks favour one weekday beyond chance (binomial test at .01 over seven days; weekday_test holds the counts).
with counted as (
  select v.moment_id, v.weekday, count(*) as visits
  from visit as v
  where v.day >= v.today - 182
  group by v.moment_id, v.weekday
),
ranked as (
  select c.moment_id, c.weekday, c.visits,
    cast(sum(c.visits) over (partition by c.moment_id) as bigint) as of_visits,
    row_number() over (partition by c.moment_id order by c.visits desc, c.weekday) as place
  from counted as c
)
select r.moment_id, r.weekday as usual_weekday, r.visits as usual_weekday_visits, r.of_visits
from ranked as r
join weekday_test as t on t.visits = r.of_visits
where r.place = 1 and r.visits >= t.needed
