-- One row a moment to whose customer we have spoken within a year: how much of late, how much of it unanswered, what we asked and what we gave.
-- A word gives where it is content, service, gesture or set aside (kinds 2, 3, 5, 6).
select s.moment_id,
  cast(sum(case when s.days_ago < 7 then 1 else 0 end) as bigint) as words_7,
  cast(sum(case when s.days_ago < 28 then 1 else 0 end) as bigint) as words_28,
  cast(sum(case when s.days_ago < 28 and s.is_answered = 0 then 1 else 0 end) as bigint) as unanswered_28,
  cast(sum(case when s.days_ago < 91 and s.is_asking = 1 then 1 else 0 end) as bigint) as asked_91,
  cast(sum(case when s.days_ago < 91 and s.kind in (2, 3, 5, 6) then 1 else 0 end) as bigint) as given_91,
  max(s.day) as last_said_day
from said_before as s
group by s.moment_id
