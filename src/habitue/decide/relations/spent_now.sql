-- One row an instant that is asked about and an action that has a budget: how many of it were said to anyone within its days, before the instant.
-- Cross joins keep the order: the few actions with a budget first, then only their own words.
with instant as (
  select distinct m.as_of, m.today from moment as m
)
select n.as_of, a.action_id, cast(sum(s.touches) as bigint) as spent
from instant as n
cross join action as a
cross join spent as s
where a.budget_most > 0 and s.action_id = a.action_id and s.known_at < n.as_of and s.day > n.today - a.budget_days
group by n.as_of, a.action_id
