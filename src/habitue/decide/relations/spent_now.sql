-- One row an instant that is asked about and an action that has a budget: how many of it were said to anyone within its days, before the instant.
with instant as (
  select distinct m.as_of, m.today from moment as m
)
select n.as_of, a.action_id, cast(sum(s.touches) as bigint) as spent
from instant as n
join action as a on a.budget_most > 0
join spent as s on s.action_id = a.action_id
where s.known_at < n.as_of and s.day > n.today - a.budget_days
group by n.as_of, a.action_id
