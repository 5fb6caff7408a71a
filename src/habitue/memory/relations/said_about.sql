-- One row a moment, action and thing: when we last said it to her (thing 0: said about nothing in particular).
select s.moment_id, s.action_id, s.item_id, max(s.day) as last_day
from said_before as s
group by s.moment_id, s.action_id, s.item_id
