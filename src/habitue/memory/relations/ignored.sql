-- One row a moment and kind of word: how many of that kind, a week old or more, she has left unanswered since she last answered one, within 13 weeks.
with answered as (
  select s.moment_id, s.kind, max(s.day) as last_answered_day
  from said_before as s
  where s.is_answered = 1
  group by s.moment_id, s.kind
)
select s.moment_id, s.kind, count(*) as unanswered
from said_before as s
left join answered as a on a.moment_id = s.moment_id and a.kind = s.kind
where s.is_answered = 0 and s.days_ago between 7 and 90 and s.day > coalesce(a.last_answered_day, 0)
group by s.moment_id, s.kind
