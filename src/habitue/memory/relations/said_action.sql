-- One row a moment and action: when we last said it to her, about whatever thing.
select s.moment_id, s.action_id, max(s.last_day) as last_day
from said_about as s
group by s.moment_id, s.action_id
